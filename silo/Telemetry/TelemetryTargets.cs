using NeuroTrails.Running;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Where a process sends what it measures.</summary>
/// <param name="Console">What is printed to standard output (<c>--telemetry</c>). Default nothing.</param>
/// <param name="Otlp">
/// Whether the standard environment variables are heeded: with <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or its <c>TRACES</c> or <c>METRICS</c>
/// form) set, OTLP is on. Default yes.
/// </param>
public sealed record TelemetryTargets(ConsoleTelemetry Console = ConsoleTelemetry.None, bool Otlp = true);
