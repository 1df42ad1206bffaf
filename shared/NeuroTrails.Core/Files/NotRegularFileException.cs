namespace NeuroTrails.Files;

/// <summary>
/// Something else lies where a file of ours belongs: a pipe, a device, a socket, a folder, or a link in the way of what is written.
/// </summary>
public sealed class NotRegularFileException : IOException
{
    /// <summary>Creates an exception without details.</summary>
    public NotRegularFileException() { }

    /// <summary>Creates an exception with a sentence.</summary>
    /// <param name="message">Which path, and what lies there.</param>
    public NotRegularFileException(string message)
        : base(message) { }

    /// <summary>Creates an exception with a sentence and its cause.</summary>
    /// <param name="message">Which path, and what lies there.</param>
    /// <param name="innerException">The cause.</param>
    public NotRegularFileException(string message, Exception? innerException)
        : base(message, innerException) { }
}
