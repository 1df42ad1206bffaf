namespace NeuroTrails.Contracts;

/// <summary>Somebody asked a silo to touch a file that is not below the folder of its runs; nothing was touched.</summary>
public sealed class PathRefusedException : UserErrorException
{
    /// <summary>Creates the exception without a message.</summary>
    public PathRefusedException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which path, and where it would have to be.</param>
    public PathRefusedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Which path, and where it would have to be.</param>
    /// <param name="innerException">The cause.</param>
    public PathRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}
