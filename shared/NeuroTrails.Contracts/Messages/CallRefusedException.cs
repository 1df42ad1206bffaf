namespace NeuroTrails.Contracts;

/// <summary>A client called what only silos may call; nothing was done.</summary>
[GenerateSerializer, Alias("nt.CallRefusedException")]
public sealed class CallRefusedException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public CallRefusedException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which call.</param>
    public CallRefusedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which call.</param>
    /// <param name="innerException">The cause.</param>
    public CallRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}
