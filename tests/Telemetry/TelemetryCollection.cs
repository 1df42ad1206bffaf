namespace NeuroTrails.Tests.Telemetry;

/// <summary>Listeners hear the whole process, so these tests run alone.</summary>
[CollectionDefinition(nameof(TelemetryCollection), DisableParallelization = true)]
public sealed class TelemetryCollection;
