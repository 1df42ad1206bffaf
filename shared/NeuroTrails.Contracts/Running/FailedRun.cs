namespace NeuroTrails.Running;

/// <summary>What <c>summary.json</c> of a run that failed holds; that of a finished run is a <see cref="RunSummary"/>.</summary>
/// <param name="Failure">Why and where.</param>
public sealed record FailedRun(RunFailure Failure);
