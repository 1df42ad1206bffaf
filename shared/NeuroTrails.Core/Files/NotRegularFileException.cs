namespace NeuroTrails.Files;

/// <summary>
/// Something else lies where a file of ours belongs: a pipe, a device, a socket, a folder, or a link in the way of what is written.
/// </summary>
/// <param name="message">Which path, and what lies there.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class NotRegularFileException(string message, Exception? innerException = null) : IOException(message, innerException);
