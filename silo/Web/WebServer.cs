using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Web;

/// <summary>Kestrel and what it answers. It lives beside the silo's host with services of its own, so that what a silo is made of does
/// not depend on whether it is watched.</summary>
internal sealed class WebServer(WebPlan plan, TimeProvider time, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    private const long LargestRequest = 16 << 10;
    private WebApplication? _app;
    private RunHub? _hub;

    // Where the page is, once it is started; its port is the one that was taken.
    public IPEndPoint? Address { get; private set; }

    // Where a browser finds the page, for a person; the token is not part of it. Null where there is none.
    public string? Welcome =>
        Address is { } address
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"live page: http://{address}/{(plan.Web!.Token is null ? string.Empty : " (asks for its token)")}"
            )
            : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.Services.AddOptions();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        plan.Services?.Invoke(builder.Services);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxConcurrentConnections = 200;
                kestrel.Limits.MaxRequestBodySize = LargestRequest;
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
                foreach (var address in Addresses().Distinct())
                {
                    kestrel.Listen(address);
                }
            });
        _app = builder.Build();
        Map(_app);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            throw new UserErrorException(
                $"{string.Join(" or ", Addresses())} cannot be listened on ({taken.GetBaseException().Message.TrimEnd('.')}). Change "
                    + $"{(plan.Web is null ? "--health-port" : "--web")}.",
                taken
            );
        }

        Address = plan.Web is null ? null : new(plan.Web.Address.Address, Port(_app));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(CancellationToken.None) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        // A host disposes of it as a hosted service and as itself.
        var (hub, app) = (_hub, _app);
        (_hub, _app) = (null, null);
        if (hub is not null)
        {
            await hub.DisposeAsync();
        }

        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    private IEnumerable<IPEndPoint> Addresses() => new[] { plan.Web?.Address, plan.Health }.OfType<IPEndPoint>();

    private static int Port(WebApplication app) => new Uri(app.Urls.First()).Port;

    private void Map(WebApplication app)
    {
        var gate = new WebGate(plan.Web, plan.Health);
        app.Use(next => context => gate.Pass(context, next));
        app.UseRouting();
        app.MapGet("/health/live", () => Results.Text("live\n"));
        app.MapGet(
            "/health/ready",
            () =>
                plan.IsReady() ? Results.Text("ready\n") : Results.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable)
        );
        app.MapMethods(
            "/health/{**rest}",
            ["GET"],
            () => Results.Text("/health/live or /health/ready\n", statusCode: StatusCodes.Status404NotFound)
        );
        if (plan is { Web: not null, Feed: { } feed })
        {
            var logger = logs.CreateLogger<WebServer>();
            _hub = new(feed, gate.AllowsChanges, plan.More is not null, time, logger);
            new WebApi(feed, _hub, new(_hub, time, app.Lifetime.ApplicationStopping)).Map(app);
            plan.More?.Invoke(app);
        }
    }
}
