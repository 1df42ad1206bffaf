using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Running;
using NeuroTrails.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Adds telemetry to a host: the instruments that a run reports to, and their way out of the process.</summary>
public static class TelemetrySetup
{
    private const int ConsoleIntervalMs = 10_000;
    internal const string OrleansSources = "Microsoft.Orleans*";

    /// <summary>Adds <see cref="RunTelemetry"/> and the exporters. Figures are sent for the last time when the host has stopped, spans when
    /// it is disposed of.</summary>
    /// <remarks>With nowhere to send to, no provider is made, so that nobody listens and reports stay free.</remarks>
    /// <param name="builder">The host; its configuration must include the environment, as that of every default host does.</param>
    /// <param name="targets">Where to send to.</param>
    /// <param name="liveTensors">Counts the tensors alive in this process, where that is known.</param>
    /// <param name="sentBytes">Counts the bytes of tensors that other processes have fetched, where they can.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="UserErrorException">A standard variable holds what the SDK would pass over.</exception>
    /// <example><c>builder.AddNeuroTrailsTelemetry(new TelemetryTargets(ConsoleTelemetry.Own));</c></example>
    public static IHostApplicationBuilder AddNeuroTrailsTelemetry(
        this IHostApplicationBuilder builder,
        TelemetryTargets targets,
        Func<long>? liveTensors = null,
        Func<long>? sentBytes = null
    )
    {
        builder.Services.AddMetrics();
        builder.Services.TryAddSingleton(TimeProvider.System);

        // What reports itself, such as memory, has to be there from the start, though nobody here may ever coordinate a run.
        builder.Services.AddHostedService<InstrumentsFromStart>();
        builder.Services.Replace(
            ServiceDescriptor.Singleton(provider => new RunTelemetry(provider.GetRequiredService<IMeterFactory>(), liveTensors, sentBytes))
        );
        var otlp = targets.Otlp ? OtlpEnvironment.Read(builder.Configuration) : OtlpEnvironment.Nowhere;
        var console = targets.Console != ConsoleTelemetry.None;
        if (console || otlp.Traces is not null || otlp.Metrics is not null)
        {
            builder.Services.AddHostedService<LastFigures>();
            builder.Services.AddSingleton<OtlpClients>();
        }

        if (console || otlp.Traces is not null)
        {
            builder
                .Services.AddOpenTelemetry()
                .WithTracing(traces =>
                {
                    traces.ConfigureResource(resource => Describe(resource, otlp)).AddSource(Sources(targets, otlp.Traces));
                    _ = console ? traces.AddProcessor(ToConsole(targets)) : traces;
                    _ = otlp.Traces is { } target
                        ? traces.AddOtlpExporter("traces", target.Apply).ConfigureServices(services => OtlpClients.Keep(services, "traces"))
                        : traces;
                });
        }

        if (console || otlp.Metrics is not null)
        {
            builder
                .Services.AddOpenTelemetry()
                .WithMetrics(metrics =>
                {
                    metrics.ConfigureResource(resource => Describe(resource, otlp)).AddMeter(Sources(targets, otlp.Metrics));
                    _ =
                        targets.Console == ConsoleTelemetry.Own
                            ? metrics.AddReader(
                                new PeriodicExportingMetricReader(new OwnFigures(new ConsoleMetricExporter(new())), ConsoleIntervalMs)
                            )
                            : metrics;
                    _ = targets.Console == ConsoleTelemetry.All ? metrics.AddConsoleExporter() : metrics;
                    _ = otlp.Metrics is { } target
                        ? metrics
                            .AddOtlpExporter("metrics", target.Apply)
                            .ConfigureServices(services => OtlpClients.Keep(services, "metrics"))
                        : metrics;
                });
        }

        return builder;
    }

    // Whose spans nobody wants need not be made.
    private static string[] Sources(TelemetryTargets targets, OtlpEnvironment.Target? otlp) =>
        targets.Console == ConsoleTelemetry.All || otlp is not null ? [TelemetryNames.Source, OrleansSources] : [TelemetryNames.Source];

    private static BaseProcessor<Activity> ToConsole(TelemetryTargets targets)
    {
        var exporter = new ConsoleActivityExporter(new());
        return targets.Console == ConsoleTelemetry.All ? new SimpleActivityExportProcessor(exporter) : new OwnSpans(exporter);
    }

    // Later entries win: our default, then OTEL_RESOURCE_ATTRIBUTES, then OTEL_SERVICE_NAME.
    internal static void Describe(ResourceBuilder resource, OtlpEnvironment otlp)
    {
        resource.AddService("neurotrails", serviceVersion: TelemetryNames.Version).AddEnvironmentVariableDetector();
        if (otlp.ServiceName is { } name)
        {
            resource.AddService(name, serviceVersion: TelemetryNames.Version);
        }
    }
}
