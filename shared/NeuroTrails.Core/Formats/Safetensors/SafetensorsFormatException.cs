namespace NeuroTrails.Formats;

/// <summary>A safetensors file that breaks the format; every malformed byte of a header ends here and nowhere else.</summary>
public sealed class SafetensorsFormatException : Exception
{
    /// <summary>Creates an exception without details; prefer the overload that says where.</summary>
    public SafetensorsFormatException() { }

    /// <summary>Creates an exception with a sentence; prefer the overload that says where.</summary>
    /// <param name="message">What is wrong.</param>
    public SafetensorsFormatException(string message)
        : base(message) { }

    /// <summary>Creates an exception with a sentence and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public SafetensorsFormatException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Says where a file breaks the format, and how.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="position">Bytes from the start of the file.</param>
    /// <param name="seen">What stands there.</param>
    /// <param name="expected">What the format asks for.</param>
    /// <param name="innerException">The parser's own complaint, if any.</param>
    public SafetensorsFormatException(string file, long position, string seen, string expected, Exception? innerException = null)
        : base($"{file}: not a valid safetensors file: at byte {position}: saw {seen}; expected {expected}", innerException)
    {
        File = file;
        Position = position;
        Seen = seen;
        Expected = expected;
    }

    /// <summary>Path of the file.</summary>
    public string File { get; } = "";

    /// <summary>Bytes from the start of the file.</summary>
    public long Position { get; }

    /// <summary>What stands there.</summary>
    public string Seen { get; } = "";

    /// <summary>What the format asks for.</summary>
    public string Expected { get; } = "";
}
