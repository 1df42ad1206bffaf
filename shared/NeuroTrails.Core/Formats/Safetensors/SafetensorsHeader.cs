namespace NeuroTrails.Formats;

/// <summary>What a header says, checked: <see cref="Entries"/> cover the data without holes or
/// overlaps, in the order of their offsets.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsHeader.Entry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Bytes of the little-endian length in front of the JSON text.</summary>
    public const int LengthBytes = 8;

    /// <summary>The longest JSON text that readers of this format accept (the public library's own limit).</summary>
    public const int MaximumBytes = 100_000_000;

    /// <summary>The key that names no tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>One tensor as written: offsets count from the end of the header.</summary>
    /// <param name="Name">Its key.</param>
    /// <param name="Position">Where its key stands in the file, for messages.</param>
    /// <param name="DType">Element type.</param>
    /// <param name="Shape">Extents.</param>
    /// <param name="Begin">First byte.</param>
    /// <param name="End">One past the last byte.</param>
    public sealed record Entry(string Name, long Position, StoredDType DType, long[] Shape, long Begin, long End);
}
