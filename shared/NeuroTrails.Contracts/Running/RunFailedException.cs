namespace NeuroTrails.Running;

/// <summary>A run has failed. The message says why; the run's <c>summary.json</c> remembers it.</summary>
/// <param name="failure">Why and where.</param>
/// <param name="runFolder">Full path of the run's folder; null where it is a cluster's.</param>
public sealed class RunFailedException(RunFailure failure, string? runFolder = null) : Exception(failure.Reason)
{
    /// <summary>Why and where.</summary>
    public RunFailure Failure { get; } = failure;

    /// <summary>Full path of the run's folder; null where it is a cluster's.</summary>
    public string? RunFolder { get; } = runFolder;
}
