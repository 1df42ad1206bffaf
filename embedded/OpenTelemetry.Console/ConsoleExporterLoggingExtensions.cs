using OpenTelemetry.Exporter;

namespace OpenTelemetry.Logs;

/// <summary>Log records on the console.</summary>
public static class ConsoleExporterLoggingExtensions
{
    public static OpenTelemetryLoggerOptions AddConsoleExporter(this OpenTelemetryLoggerOptions loggerOptions)
        => loggerOptions.AddConsoleExporter(configure: null);

    public static OpenTelemetryLoggerOptions AddConsoleExporter(
        this OpenTelemetryLoggerOptions loggerOptions,
        Action<ConsoleExporterOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(loggerOptions);
        var options = new ConsoleExporterOptions();
        configure?.Invoke(options);
        return loggerOptions.AddProcessor(new SimpleLogRecordExportProcessor(new ConsoleLogRecordExporter(options)));
    }
}
