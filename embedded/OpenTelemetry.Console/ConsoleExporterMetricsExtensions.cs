using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace OpenTelemetry.Metrics;

/// <summary>Metrics on the console, every ten seconds unless the reader's options say otherwise.</summary>
public static class ConsoleExporterMetricsExtensions
{
    private const int DefaultIntervalMilliseconds = 10000;

    public static MeterProviderBuilder AddConsoleExporter(this MeterProviderBuilder builder)
        => builder.AddConsoleExporter(name: null, configureExporter: null);

    public static MeterProviderBuilder AddConsoleExporter(
        this MeterProviderBuilder builder,
        Action<ConsoleExporterOptions> configureExporter)
        => builder.AddConsoleExporter(name: null, configureExporter);

    public static MeterProviderBuilder AddConsoleExporter(
        this MeterProviderBuilder builder,
        string? name,
        Action<ConsoleExporterOptions>? configureExporter)
        => builder.AddConsoleExporter(name, (exporter, _) => configureExporter?.Invoke(exporter));

    public static MeterProviderBuilder AddConsoleExporter(
        this MeterProviderBuilder builder,
        Action<ConsoleExporterOptions, MetricReaderOptions>? configureExporterAndMetricReader)
        => builder.AddConsoleExporter(name: null, configureExporterAndMetricReader);

    public static MeterProviderBuilder AddConsoleExporter(
        this MeterProviderBuilder builder,
        string? name,
        Action<ConsoleExporterOptions, MetricReaderOptions>? configureExporterAndMetricReader)
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= Options.DefaultName;
        return builder.AddReader(services =>
        {
            var exporter = services.GetRequiredService<IOptionsMonitor<ConsoleExporterOptions>>().Get(name);
            var reader = services.GetRequiredService<IOptionsMonitor<MetricReaderOptions>>().Get(name);
            configureExporterAndMetricReader?.Invoke(exporter, reader);
            var periodic = reader.PeriodicExportingMetricReaderOptions;
            return new PeriodicExportingMetricReader(
                new ConsoleMetricExporter(exporter),
                periodic.ExportIntervalMilliseconds ?? DefaultIntervalMilliseconds,
                periodic.ExportTimeoutMilliseconds ?? Timeout.Infinite)
            {
                TemporalityPreference = reader.TemporalityPreference,
            };
        });
    }
}
