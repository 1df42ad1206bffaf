namespace NeuroTrails.Contracts;

/// <summary>A call belongs to a generation that is over; it was refused and changed nothing.</summary>
[GenerateSerializer, Alias("nt.StaleGenerationException")]
public sealed class StaleGenerationException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public StaleGenerationException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which call, which generation is served.</param>
    public StaleGenerationException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which call, which generation is served.</param>
    /// <param name="innerException">The cause.</param>
    public StaleGenerationException(string message, Exception innerException)
        : base(message, innerException) { }
}
