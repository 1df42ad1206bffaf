using System.Buffers.Binary;
using System.IO.Compression;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

/// <summary>Writes PNG files of every kind: what the tests know of their pixels comes from the values that went in.</summary>
internal static class PngFile
{
    private static readonly (int Left, int Top, int Across, int Down)[] Passes =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    /// <summary>An image of 8 bits, grey or coloured.</summary>
    public static byte[] Of(DecodedImage image, params byte[][] chunks)
    {
        var (channels, plane) = (image.Shape.Channels, image.Shape.Plane);
        var values = Enumerable
            .Range(0, image.Shape.Length)
            .Select(i => (int)image.Pixels[(i % channels * plane) + (i / channels)])
            .ToArray();
        return Of(values, image.Shape.Height, image.Shape.Width, 8, channels == 1 ? 0 : 2, interlaced: false, chunks);
    }

    /// <summary>Any image, without row filters.</summary>
    /// <param name="values">Stored values, [H, W, samples].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="bits">1, 2, 4, 8 or 16.</param>
    /// <param name="type">0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
    /// <param name="interlaced">Whether in the seven passes of Adam7.</param>
    /// <param name="chunks">Chunks between header and data.</param>
    public static byte[] Of(int[] values, int height, int width, int bits, int type, bool interlaced, params byte[][] chunks)
    {
        var samples = Samples(type);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (left, top, across, down) in interlaced ? Passes : [(0, 0, 1, 1)])
            {
                for (var y = top; y < height && left < width; y += down)
                {
                    zlib.WriteByte(0);
                    var (held, room) = (0, 8);
                    for (var x = left; x < width; x += across)
                    {
                        foreach (var value in values.AsSpan(((y * width) + x) * samples, samples))
                        {
                            if (bits == 16)
                            {
                                zlib.WriteByte((byte)(value >> 8));
                            }

                            room -= Math.Min(bits, 8);
                            held |= (value & ((1 << Math.Min(bits, 8)) - 1)) << room;
                            if (room == 0)
                            {
                                zlib.WriteByte((byte)held);
                                (held, room) = (0, 8);
                            }
                        }
                    }

                    if (room < 8)
                    {
                        zlib.WriteByte((byte)held);
                    }
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)type, (byte)(interlaced ? 1 : 0));
        return
        [
            0x89,
            .. "PNG\r\n\u001a\n"u8,
            .. Chunk("IHDR"u8, header),
            .. chunks.SelectMany(chunk => chunk),
            .. Chunk("IDAT"u8, packed.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    /// <summary>Values a pixel of a colour type.</summary>
    public static int Samples(int type) =>
        type switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };

    /// <summary>One chunk with its checksum.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Checksum(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    /// <summary>A TIFF block with nothing but an orientation, as <c>eXIf</c> chunks and JPEG's Exif segments hold it.</summary>
    public static byte[] Orientation(int value, bool little)
    {
        byte[] tag = [1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)value, 0, 0, 0, 0, 0, 0];
        return little
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)value, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, .. tag];
    }

    // CRC-32 as PNG's specification gives it, a bit at a time.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ (0xedb88320u & (0u - (sum & 1)));
            }
        }

        return ~sum;
    }
}
