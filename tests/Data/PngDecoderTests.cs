using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class PngDecoderTests
{
    private static readonly PngDecoder Decoder = new();

    /// <summary>A PNG without row filters; checksums of chunks are left zero, which the decoder does not read.</summary>
    internal static byte[] Png(DecodedImage image)
    {
        var (channels, height, width) = (image.Shape.Channels, image.Shape.Height, image.Shape.Width);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                for (var i = 0; i < width * channels; i++)
                {
                    zlib.WriteByte(image.Pixels[(i % channels * image.Shape.Plane) + (y * width) + (i / channels)]);
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(channels == 1 ? 0 : 2));
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];

        static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
            return [.. length, .. type, .. data, 0, 0, 0, 0];
        }
    }

    [Fact]
    public void Reads_what_pillow_writes()
    {
        Check(PillowFixtures.Grey, 1, Sum);
        Check(PillowFixtures.GreyAlpha, 1, Sum);
        Check(PillowFixtures.Colour, 3, Sum);
        Check(PillowFixtures.ColourAlpha, 3, Sum);
        Check(PillowFixtures.BlackWhite, 1, (x, y, _) => (x + y) % 2 * 255);
        Check(PillowFixtures.Palette, 3, (x, y, c) => (x + y) % 5 is var i && c == 0 ? i * 40 : c == 1 ? (i * 10) + 3 : 255 - i);
        var filters = Decoder.Decode(Convert.FromBase64String(PillowFixtures.Filters), "fixture");
        Assert.Equal("1841f7dc355d03e9fc24bfb3d036e49e2ccea4c3070fd8a41ecd7ffe9036d2e4", Convert.ToHexStringLower(SHA256.HashData(filters.Pixels)));

        static int Sum(int x, int y, int c) => ((x * 31) + (y * 17) + (c * 50)) % 256;

        static void Check(string fixture, int channels, Func<int, int, int, int> value)
        {
            var image = Decoder.Decode(Convert.FromBase64String(fixture), "fixture");
            Assert.Equal(new SampleShape(channels, 5, 7), image.Shape);
            Assert.Equal(Enumerable.Range(0, channels * 35).Select(i => (byte)value(i % 7, i / 7 % 5, i / 35)), image.Pixels);
        }
    }

    [Fact]
    public void Random_images_make_the_round_trip()
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var shape = new SampleShape(random.Next(2) == 0 ? 1 : 3, random.Next(1, 20), random.Next(1, 20));
            var image = new DecodedImage(shape, new byte[shape.Length]);
            random.NextBytes(image.Pixels);
            Assert.Equal(image.Pixels, Decoder.Decode(Png(image), "round trip").Pixels);
        }
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_crash()
    {
        foreach (var fixture in new[] { PillowFixtures.Grey, PillowFixtures.ColourAlpha, PillowFixtures.Palette, PillowFixtures.BlackWhite, PillowFixtures.Filters })
        {
            var intact = Convert.FromBase64String(fixture);
            Fuzz.Mutate(intact, intact.Length, 3000, 10, bytes => Decoder.Decode(bytes, "fuzz"));
        }
    }

    [Fact]
    public void Huge_promises_cost_nothing()
    {
        var file = Png(new DecodedImage(new SampleShape(1, 2, 2), new byte[4]));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 9999);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 9999);
        Assert.Contains("ends after", Assert.Throws<UserErrorException>(() => Decoder.Decode(file, "file")).Message, StringComparison.Ordinal);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 99999);
        Assert.Contains("9999x99999 pixels", Assert.Throws<UserErrorException>(() => Decoder.Decode(file, "file")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grey_and_colour_convert_into_each_other()
    {
        var colour = new DecodedImage(new SampleShape(3, 1, 2), [255, 10, 255, 20, 255, 30]);
        Assert.Equal([255, 18], colour.WithChannels(1).Pixels);
        Assert.Equal([255, 18, 255, 18, 255, 18], colour.WithChannels(1).WithChannels(3).Pixels);
    }
}
