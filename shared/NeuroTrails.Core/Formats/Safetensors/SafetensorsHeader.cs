namespace NeuroTrails.Formats;

/// <summary>What a header says, checked: <see cref="Entries"/> cover the data without holes or
/// overlaps, in the order of their offsets.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsHeader.Entry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    // Bytes of the little-endian length in front of the JSON text.
    public const int LengthBytes = 8;

    // The longest JSON text that readers of this format accept (the public library's own limit).
    public const int MaximumBytes = 100_000_000;

    public const string MetadataKey = "__metadata__";

    // One tensor as written: offsets count from the end of the header.
    public sealed record Entry(string Name, long Position, StoredDType DType, long[] Shape, long Begin, long End);
}
