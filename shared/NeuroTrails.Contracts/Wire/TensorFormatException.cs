namespace NeuroTrails.Contracts.Wire;

/// <summary>Bytes that are no tensor message.</summary>
public sealed class TensorFormatException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public TensorFormatException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was seen, what was expected.</param>
    public TensorFormatException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was seen, what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public TensorFormatException(string message, Exception innerException)
        : base(message, innerException) { }
}
