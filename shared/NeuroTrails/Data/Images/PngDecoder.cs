using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuroTrails.Data;

/// <summary>
/// PNG with up to 8 bits a channel, not interlaced: grey, grey with alpha, colour, colour with alpha, palette.
/// Source: W3C, "Portable Network Graphics (PNG) Specification", third edition.
/// </summary>
internal sealed class PngDecoder : IImageDecoder
{
    private const int MostPixels = 100_000_000;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".png"];

    /// <summary>Whether a file is a PNG, whatever its name.</summary>
    public static bool Recognises(byte[] file) => file.AsSpan().StartsWith(Signature);

    /// <inheritdoc/>
    public DecodedImage Decode(byte[] file, string source)
    {
        if (!Recognises(file))
        {
            throw DataError.Damaged(source, "no PNG signature", "a PNG file");
        }

        Header? header = null;
        byte[] palette = [];
        using var packed = new MemoryStream();
        for (var position = Signature.Length; ;)
        {
            var (type, data) = Chunk(file, ref position, source);
            switch (type)
            {
                case "IHDR" when header is null:
                    header = Header.Parse(data, source);
                    break;
                case "PLTE":
                    palette = data.ToArray();
                    break;
                case "IDAT":
                    packed.Write(data.Span);
                    break;
                case "IEND":
                    packed.Position = 0;
                    return Unpack(header ?? throw DataError.Damaged(source, "no IHDR chunk", "a PNG file"), palette, packed, source);
                default:
                    break;
            }
        }
    }

    private static (string Type, ReadOnlyMemory<byte> Data) Chunk(byte[] file, ref int position, string source)
    {
        var left = file.Length - position;
        var length = left >= 12 ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(position)) : uint.MaxValue;
        if (length > left - 12)
        {
            throw DataError.Damaged(source, $"an end within a chunk at byte {position}", "a whole PNG file (it looks truncated)");
        }

        var type = System.Text.Encoding.Latin1.GetString(file, position + 4, 4);
        var data = file.AsMemory(position + 8, (int)length);
        position += (int)length + 12;
        return (type, data);
    }

    private static DecodedImage Unpack(Header header, byte[] palette, Stream packed, string source)
    {
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var rows = DataFile.ReadExactly(zlib, (long)header.Height * (header.Stride + 1), source, "PNG rows");
        Unfilter(rows, header, source);
        var channels = header.Kind is PngKind.Grey or PngKind.GreyAlpha ? 1 : 3;
        var shape = new SampleShape(channels, header.Height, header.Width);
        var pixels = new byte[shape.Length];
        for (var y = 0; y < header.Height; y++)
        {
            var row = rows.AsSpan((y * (header.Stride + 1)) + 1, header.Stride);
            for (var x = 0; x < header.Width; x++)
            {
                for (var c = 0; c < channels; c++)
                {
                    pixels[(c * shape.Plane) + (y * header.Width) + x] = Value(row, x, c, header, palette, source);
                }
            }
        }

        return new DecodedImage(shape, pixels);
    }

    private static byte Value(ReadOnlySpan<byte> row, int x, int channel, Header header, byte[] palette, string source)
    {
        if (header.Bits == 8 && header.Kind != PngKind.Palette)
        {
            return row[(x * header.Samples) + channel];
        }

        var bit = x * header.Bits;
        var stored = (row[bit / 8] >> (8 - header.Bits - (bit % 8))) & ((1 << header.Bits) - 1);
        if (header.Kind != PngKind.Palette)
        {
            return (byte)(stored * 255 / ((1 << header.Bits) - 1));
        }

        return (3 * stored) + 2 < palette.Length
            ? palette[(3 * stored) + channel]
            : throw DataError.Damaged(source, $"palette entry {stored} of {palette.Length / 3}", "entries of the palette");
    }

    // Each row starts with the way in which it was predicted from its neighbours to the left and above.
    private static void Unfilter(byte[] rows, Header header, string source)
    {
        var (stride, step) = (header.Stride, Math.Max(header.Samples * header.Bits / 8, 1));
        ReadOnlySpan<byte> above = new byte[stride];
        for (var y = 0; y < header.Height; y++)
        {
            var filter = rows[y * (stride + 1)];
            var row = rows.AsSpan((y * (stride + 1)) + 1, stride);
            for (var i = 0; i < stride && filter != 0; i++)
            {
                var (left, corner) = i < step ? (0, 0) : (row[i - step], above[i - step]);
                row[i] += filter switch
                {
                    1 => (byte)left,
                    2 => above[i],
                    3 => (byte)((left + above[i]) / 2),
                    4 => (byte)Paeth(left, above[i], corner),
                    _ => throw DataError.Damaged(source, $"row filter {filter}", "0 to 4"),
                };
            }

            above = row;
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (byLeft, byAbove, byCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }

    private enum PngKind
    {
        Grey = 0,
        Colour = 2,
        Palette = 3,
        GreyAlpha = 4,
        ColourAlpha = 6,
    }

    private sealed record Header(int Width, int Height, int Bits, PngKind Kind)
    {
        public int Samples => Kind switch { PngKind.Colour => 3, PngKind.GreyAlpha => 2, PngKind.ColourAlpha => 4, _ => 1 };

        public int Stride => ((Width * Samples * Bits) + 7) / 8;

        public static Header Parse(ReadOnlyMemory<byte> chunk, string source)
        {
            var data = chunk.Span;
            if (data.Length != 13)
            {
                throw DataError.Damaged(source, $"an IHDR chunk of {data.Length} bytes", "13");
            }

            var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
            if (width == 0 || height == 0 || (ulong)width * height > MostPixels)
            {
                throw DataError.Damaged(source, $"{width}x{height} pixels", $"1 to {MostPixels} pixels");
            }

            var kind = (PngKind)data[9];
            var bits = data[8];
            var possible = kind is PngKind.Grey or PngKind.Palette ? bits is 1 or 2 or 4 or 8 : kind is PngKind.Colour or PngKind.GreyAlpha or PngKind.ColourAlpha && bits == 8;
            return possible && data[10] == 0 && data[11] == 0 && data[12] == 0
                ? new Header((int)width, (int)height, bits, kind)
                : throw DataError.Damaged(source, $"a PNG of {bits} bits, colour type {data[9]}, interlace {data[12]}", "8 bits a channel (1 to 8 for grey and palettes), not interlaced");
        }
    }
}
