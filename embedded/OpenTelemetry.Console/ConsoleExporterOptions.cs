namespace OpenTelemetry.Exporter;

/// <summary>Where the console exporter writes.</summary>
[Flags]
public enum ConsoleExporterOutputTargets
{
    Console = 0b1,
    Debug = 0b10,
}

/// <summary>Options of the console exporter.</summary>
public class ConsoleExporterOptions
{
    /// <summary>Default: the console.</summary>
    public ConsoleExporterOutputTargets Targets { get; set; } = ConsoleExporterOutputTargets.Console;
}
