using System.Buffers.Binary;
using SkiaSharp;

namespace NeuroTrails.Data;

/// <summary>The chunks of a PNG file: what is looked up there because SkiaSharp passes it over.</summary>
internal static class PngChunks
{
    private const int ChunkFrame = 12;
    private const int EntryLength = 12;
    private const ushort OrientationTag = 0x112;

    public static bool ReachEnd(ReadOnlySpan<byte> file) => TryFind(file, "IEND"u8, out _);

    // The orientation that the eXIf chunk asks for; upright where there is none or it makes no sense.
    public static SKEncodedOrigin Orientation(ReadOnlySpan<byte> file) =>
        TryFind(file, "eXIf"u8, out var data) && Tag(data) is var value and >= 1 and <= 8
            ? (SKEncodedOrigin)value
            : SKEncodedOrigin.TopLeft;

    private static bool TryFind(ReadOnlySpan<byte> file, ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
    {
        for (var rest = file[8..]; rest.Length >= ChunkFrame; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkFrame)
            {
                break;
            }

            data = rest.Slice(8, (int)length);
            if (rest.Slice(4, 4).SequenceEqual(type))
            {
                return true;
            }

            rest = rest[((int)length + ChunkFrame)..];
        }

        data = default;
        return false;
    }

    // The chunk is a TIFF file: byte order, the offset of the first directory, there a count and entries of tag, type, count and value.
    private static int Tag(ReadOnlySpan<byte> tiff)
    {
        var little = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || (!little && !tiff.StartsWith("MM"u8)))
        {
            return 0;
        }

        var start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2)
        {
            return 0;
        }

        var entries = tiff[((int)start + 2)..];
        for (
            var left = Word(tiff[(int)start..], little);
            left > 0 && entries.Length >= EntryLength;
            left--, entries = entries[EntryLength..]
        )
        {
            if (Word(entries, little) == OrientationTag)
            {
                return Word(entries[8..], little);
            }
        }

        return 0;
    }

    private static ushort Word(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
