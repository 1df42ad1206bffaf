namespace NeuroTrails.Formats;

/// <summary>A safetensors file that breaks the format; every malformed byte of a header ends here and nowhere else.</summary>
/// <param name="file">Path of the file.</param>
/// <param name="position">Bytes from the start of the file.</param>
/// <param name="seen">What stands there.</param>
/// <param name="expected">What the format asks for.</param>
/// <param name="innerException">The parser's own complaint, if any.</param>
public sealed class SafetensorsFormatException(string file, long position, string seen, string expected, Exception? innerException = null)
    : Exception($"{file}: not a valid safetensors file: at byte {position}: saw {seen}; expected {expected}", innerException)
{
    /// <summary>Path of the file.</summary>
    public string File { get; } = file;

    /// <summary>Bytes from the start of the file.</summary>
    public long Position { get; } = position;

    /// <summary>What stands there.</summary>
    public string Seen { get; } = seen;

    /// <summary>What the format asks for.</summary>
    public string Expected { get; } = expected;
}
