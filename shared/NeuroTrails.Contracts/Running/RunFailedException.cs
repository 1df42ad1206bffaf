namespace NeuroTrails.Running;

/// <summary>A run in this process has failed. The message says why; the run's <c>summary.json</c> remembers it.</summary>
public sealed class RunFailedException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public RunFailedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why.</param>
    public RunFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">The cause.</param>
    public RunFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Why and where.</param>
    /// <param name="runFolder">Full path of the run's folder.</param>
    public RunFailedException(RunFailure failure, string runFolder)
        : base(failure?.Reason)
    {
        (Failure, RunFolder) = (failure, runFolder);
    }

    /// <summary>Why and where.</summary>
    public RunFailure? Failure { get; }

    /// <summary>Full path of the run's folder.</summary>
    public string? RunFolder { get; }
}
