using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Owns the OpenTelemetry providers of a process: they listen before anything else starts, and send the last figures after everything else has stopped.</summary>
/// <remarks>With nowhere to send to, no provider is made, so that nobody listens and reports stay free.</remarks>
internal sealed class TelemetryExport(TelemetryTargets targets, IConfiguration configuration) : IHostedLifecycleService, IDisposable
{
    private const string OrleansSources = "Microsoft.Orleans*";
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var otlp = targets.Otlp ? OtlpEnvironment.Read(configuration) : OtlpEnvironment.Nowhere;
        if (targets.Console || otlp.Traces is not null)
        {
            var builder = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(resource => Describe(resource, otlp))
                .AddSource(TelemetryNames.Source, OrleansSources);
            builder = targets.Console ? builder.AddConsoleExporter() : builder;
            _traces = (otlp.Traces is { } target ? builder.AddOtlpExporter(target.Apply) : builder).Build();
        }

        if (targets.Console || otlp.Metrics is not null)
        {
            var builder = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(resource => Describe(resource, otlp))
                .AddMeter(TelemetryNames.Source, OrleansSources);
            builder = targets.Console ? builder.AddConsoleExporter() : builder;
            _metrics = (otlp.Metrics is { } target ? builder.AddOtlpExporter(target.Apply) : builder).Build();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left, waiting up to 5 s for each provider, and stops listening.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        (_traces, _metrics) = (null, null);
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
