using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Telemetry;
using OpenTelemetry.Metrics;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace NeuroTrails.Silo.Web;

/// <summary>Adds the live page, figures for Prometheus, Orleans' dashboard and the health
/// endpoints to a silo's host, where they are asked for.</summary>
internal static class WebSetup
{
    // Adds what a silo of a cluster is asked for. After Orleans, so that it stops before it does.
    public static void AddWeb(this IHostApplicationBuilder builder, SiloRequest request, Func<IServiceProvider, Func<bool>> isReady)
    {
        var health = request.HealthPort is { } port ? new IPEndPoint(Endpoints.Address(request.Host, "--host"), port) : null;
        if (health is not null)
        {
            Endpoints.CheckFree(health.Address, health.Port, "--health-port");
        }

        Add(builder, request.Web, health, isReady, WebScope.Of(request.ClusterId, request.RunsFolder));
    }

    public static void AddWeb(this IHostApplicationBuilder builder, PageRequest? web, string? runFolder, string device) =>
        Add(builder, runFolder is null ? null : web, null, _ => () => true, WebScope.OfProcess(runFolder ?? string.Empty, device));

    public static void TellOfPage(this IServiceProvider services, Action<string> say)
    {
        if (services.GetService<WebServer>()?.Welcome is { } line)
        {
            say(line);
        }
    }

    private static void Add(
        IHostApplicationBuilder builder,
        PageRequest? web,
        IPEndPoint? health,
        Func<IServiceProvider, Func<bool>> isReady,
        WebScope scope
    )
    {
        if (web is null)
        {
            // The dashboard's grains must not come to live where what they need is not.
            var dashboard = typeof(DashboardOptions).Assembly;
            builder.Services.Configure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == dashboard));
        }
        else
        {
            Endpoints.CheckFree(web.Address.Address, web.Address.Port, "--web");
            builder.UseOrleans(silo => silo.AddDashboard(options => options.HideTrace = true));
            builder
                .Services.AddOpenTelemetry()
                .WithMetrics(metrics =>
                    metrics
                        .ConfigureResource(resource => TelemetrySetup.Describe(resource, OtlpEnvironment.Read(builder.Configuration)))
                        .AddMeter(TelemetryNames.Source, TelemetrySetup.OrleansSources)
                        .AddPrometheusExporter()
                );
        }

        if (web is null && health is null)
        {
            return;
        }

        var descriptors = builder.Services;
        builder.Services.AddSingleton(services => new WebServer(
            new()
            {
                Web = web,
                Health = health,
                IsReady = isReady(services),
                Feed = new GrainRunFeed(services.GetRequiredService<IGrainFactory>(), scope, services.GetRequiredService<TimeProvider>()),
                Services = inner => Lend(inner, services, descriptors),
                More = app => More(app, services),
            },
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>()
        ));
        builder.Services.AddHostedService(services => services.GetRequiredService<WebServer>());
    }

    // The dashboard looks for its own services where its endpoints are; they live in the silo.
    private static void Lend(IServiceCollection inner, IServiceProvider silo, IServiceCollection descriptors)
    {
        var dashboard = typeof(DashboardOptions).Assembly;
        foreach (
            var type in descriptors
                .Where(descriptor => descriptor.ServiceType.Assembly == dashboard && !descriptor.IsKeyedService)
                .Select(descriptor => descriptor.ServiceType)
                .Distinct()
        )
        {
            if (!type.IsGenericTypeDefinition)
            {
                inner.AddSingleton(type, _ => silo.GetRequiredService(type));
            }
        }

        inner.Configure<DashboardOptions>(options => options.HideTrace = true);
    }

    private static void More(WebApplication app, IServiceProvider silo)
    {
        // Its instruments are there from the first scrape on, not from the first run.
        silo.GetRequiredService<RunTelemetry>();
        app.MapOrleansDashboard("/orleans");
        if (silo.GetRequiredService<MeterProvider>() is { } meters && meters.GetType().Name != "NoopMeterProvider")
        {
            app.MapPrometheusScrapingEndpoint("/metrics", meters, null, null);
        }
        else
        {
            app.MapGet(
                "/metrics",
                () => Results.Text("OTEL_SDK_DISABLED is set, so nothing is measured.\n", statusCode: StatusCodes.Status404NotFound)
            );
        }
    }
}
