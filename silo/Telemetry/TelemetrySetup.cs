using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Adds telemetry to a host: the instruments that a run reports to, and their way out of the process.</summary>
public static class TelemetrySetup
{
    private const string OrleansSources = "Microsoft.Orleans*";

    /// <summary>Adds <see cref="RunTelemetry"/> and the exporters. Figures are sent for the last time when the host has stopped, spans when it is disposed of.</summary>
    /// <remarks>With nowhere to send to, no provider is made, so that nobody listens and reports stay free.</remarks>
    /// <param name="builder">The host; its configuration must include the environment, as that of every default host does.</param>
    /// <param name="targets">Where to send to.</param>
    /// <param name="liveTensors">Counts the tensors alive in this process, where that is known.</param>
    /// <param name="sentBytes">Counts the bytes of tensors that other processes have fetched, where they can.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="UserErrorException">A variable names an endpoint that is no address.</exception>
    /// <example><c>builder.AddNeuroTrailsTelemetry(new TelemetryTargets(Console: true));</c></example>
    public static IHostApplicationBuilder AddNeuroTrailsTelemetry(
        this IHostApplicationBuilder builder, TelemetryTargets targets, Func<long>? liveTensors = null, Func<long>? sentBytes = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(targets);
        builder.Services.AddMetrics();
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new RunTelemetry(provider.GetRequiredService<IMeterFactory>(), liveTensors, sentBytes)));
        var otlp = targets.Otlp ? OtlpEnvironment.Read(builder.Configuration) : OtlpEnvironment.Nowhere;
        if (targets.Console || otlp.Traces is not null)
        {
            builder.Services.AddOpenTelemetry().WithTracing(traces =>
            {
                traces.ConfigureResource(resource => Describe(resource, otlp)).AddSource(TelemetryNames.Source, OrleansSources);
                _ = targets.Console ? traces.AddConsoleExporter() : traces;
                _ = otlp.Traces is { } target ? traces.AddOtlpExporter(target.Apply) : traces;
            });
        }

        if (targets.Console || otlp.Metrics is not null)
        {
            builder.Services.AddHostedService<LastFigures>();
            builder.Services.AddOpenTelemetry().WithMetrics(metrics =>
            {
                metrics.ConfigureResource(resource => Describe(resource, otlp)).AddMeter(TelemetryNames.Source, OrleansSources);
                _ = targets.Console ? metrics.AddConsoleExporter() : metrics;
                _ = otlp.Metrics is { } target ? metrics.AddOtlpExporter(target.Apply) : metrics;
            });
        }

        return builder;
    }

    // Later entries win: our default, then OTEL_RESOURCE_ATTRIBUTES, then OTEL_SERVICE_NAME.
    private static void Describe(ResourceBuilder resource, OtlpEnvironment otlp)
    {
        resource.AddService("neurotrails", serviceVersion: TelemetryNames.Version).AddEnvironmentVariableDetector();
        if (otlp.ServiceName is { } name)
        {
            resource.AddService(name, serviceVersion: TelemetryNames.Version);
        }
    }
}
