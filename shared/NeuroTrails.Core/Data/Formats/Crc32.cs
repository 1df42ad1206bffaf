namespace NeuroTrails.Data;

/// <summary>The checksum of gzip and zip. Source: RFC 1952, section 8.</summary>
internal static class Crc32
{
    /// <summary>The state before the first byte; the checksum is the complement of that behind the last.</summary>
    public const uint Start = uint.MaxValue;

    private const uint Polynomial = 0xedb88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>The state behind some more bytes.</summary>
    /// <param name="state">That before them.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Add(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        return state;
    }

    private static uint Remainder(int value)
    {
        var remainder = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ Polynomial : remainder >> 1;
        }

        return remainder;
    }
}
