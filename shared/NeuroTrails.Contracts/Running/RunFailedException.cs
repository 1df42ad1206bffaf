namespace NeuroTrails.Running;

/// <summary>A run has failed. The message says why; the run's <c>summary.json</c> remembers it.</summary>
public sealed class RunFailedException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public RunFailedException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why.</param>
    public RunFailedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">The cause.</param>
    public RunFailedException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Why and where.</param>
    /// <param name="runFolder">Full path of the run's folder; null where it is a cluster's.</param>
    public RunFailedException(RunFailure failure, string? runFolder = null)
        : base(failure?.Reason)
    {
        (Failure, RunFolder) = (failure, runFolder);
    }

    /// <summary>Why and where.</summary>
    public RunFailure? Failure { get; }

    /// <summary>Full path of the run's folder; null where it is a cluster's.</summary>
    public string? RunFolder { get; }
}
