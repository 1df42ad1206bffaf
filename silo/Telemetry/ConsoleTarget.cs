using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>The console exporter, where this build has one.</summary>
internal static class ConsoleTarget
{
#if CONSOLE_EXPORTER
    /// <summary>Prints spans.</summary>
    public static TracerProviderBuilder AddConsole(this TracerProviderBuilder builder) => builder.AddConsoleExporter();

    /// <summary>Prints figures.</summary>
    public static MeterProviderBuilder AddConsole(this MeterProviderBuilder builder) => builder.AddConsoleExporter();
#else
    /// <summary>Prints nothing.</summary>
    public static TracerProviderBuilder AddConsole(this TracerProviderBuilder builder) => builder;

    /// <summary>Prints nothing.</summary>
    public static MeterProviderBuilder AddConsole(this MeterProviderBuilder builder) => builder;
#endif
}
