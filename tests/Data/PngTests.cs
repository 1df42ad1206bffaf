using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class PngTests
{
    private static readonly SkiaDecoder Decoder = new();

    // Colour types and the bits that each may have.
    private static readonly (int Type, int[] Bits)[] Kinds =
    [
        (0, [1, 2, 4, 8, 16]),
        (2, [8, 16]),
        (3, [1, 2, 4, 8]),
        (4, [8, 16]),
        (6, [8, 16]),
    ];

    [Fact]
    public void Reads_what_pillow_writes()
    {
        Check(PillowFixtures.Grey, 1, Sum);
        Check(PillowFixtures.GreyAlpha, 1, Sum);
        Check(PillowFixtures.Colour, 3, Sum);
        Check(PillowFixtures.ColourAlpha, 3, Sum);
        Check(PillowFixtures.BlackWhite, 1, (x, y, _) => (x + y) % 2 * 255);
        Check(
            PillowFixtures.Palette,
            3,
            (x, y, c) =>
                (x + y) % 5 is var i && c == 0 ? i * 40
                : c == 1 ? (i * 10) + 3
                : 255 - i
        );
        var filters = Decoder.Decode(Convert.FromBase64String(PillowFixtures.Filters), "fixture");
        Assert.Equal(
            "1841f7dc355d03e9fc24bfb3d036e49e2ccea4c3070fd8a41ecd7ffe9036d2e4",
            Convert.ToHexStringLower(SHA256.HashData(filters.Pixels))
        );

        static int Sum(int x, int y, int c) => ((x * 31) + (y * 17) + (c * 50)) % 256;

        static void Check(string fixture, int channels, Func<int, int, int, int> value)
        {
            var image = Decoder.Decode(Convert.FromBase64String(fixture), "fixture");
            Assert.Equal(new SampleShape(channels, 5, 7), image.Shape);
            Assert.Equal(Enumerable.Range(0, channels * 35).Select(i => (byte)value(i % 7, i / 7 % 5, i / 35)), image.Pixels);
        }
    }

    [Fact]
    public void Every_kind_of_file_has_the_pixels_that_went_in()
    {
        var random = new Random(1);
        for (var round = 0; round < 4000; round++)
        {
            var (type, depths) = Kinds[random.Next(Kinds.Length)];
            var bits = depths[random.Next(depths.Length)];
            var (height, width, samples, most) = (random.Next(1, 24), random.Next(1, 24), PngFile.Samples(type), (1 << bits) - 1);
            var values = Enumerable.Range(0, height * width * samples).Select(_ => random.Next(most + 1)).ToArray();
            var palette = new byte[3 * (most + 1)];
            random.NextBytes(palette);
            var chunks = Chunks(random, type, bits, palette, values).ToArray();
            var file = PngFile.Of(values, height, width, bits, type, random.Next(2) == 0, chunks);
            var image = Decoder.Decode(file, "file");

            // Alpha and what says which colour is transparent change nothing; more than 8 bits are rounded.
            var channels = type is 0 or 4 ? 1 : 3;
            Assert.Equal(new SampleShape(channels, height, width), image.Shape);
            for (var i = 0; i < image.Pixels.Length; i++)
            {
                var (channel, pixel) = (i / (height * width), i % (height * width));
                var wanted =
                    type == 3 ? palette[(3 * values[pixel]) + channel] : Math.Round(values[(pixel * samples) + channel] * 255.0 / most);
                Assert.InRange(image.Pixels[i], wanted - (bits == 16 ? 1 : 0), wanted + (bits == 16 ? 1 : 0));
            }

            Assert.Equal(channels, SkiaDecoder.Channels(file, "file"));
        }
    }

    [Theory]
    [InlineData(1, "ABC/DEF")]
    [InlineData(2, "CBA/FED")]
    [InlineData(3, "FED/CBA")]
    [InlineData(4, "DEF/ABC")]
    [InlineData(5, "AD/BE/CF")]
    [InlineData(6, "DA/EB/FC")]
    [InlineData(7, "FC/EB/DA")]
    [InlineData(8, "CF/BE/AD")]
    [InlineData(0, "ABC/DEF")]
    [InlineData(9, "ABC/DEF")]
    public void Orientations_are_those_of_pillows_exif_transpose(int orientation, string wanted)
    {
        var stored = new DecodedImage(new SampleShape(1, 2, 3), [.. "ABCDEF"u8]);
        foreach (var little in new[] { true, false })
        {
            var image = Decoder.Decode(PngFile.Of(stored, PngFile.Chunk("eXIf"u8, PngFile.Orientation(orientation, little))), "file");
            Assert.Equal(wanted, string.Join('/', image.Pixels.Chunk(image.Shape.Width).Select(System.Text.Encoding.ASCII.GetString)));
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_is_never_an_image()
    {
        var random = new Random(3);
        foreach (var interlaced in new[] { false, true })
        {
            var file = PngFile.Of([.. Enumerable.Range(0, 900).Select(_ => random.Next(256))], 15, 20, 8, 2, interlaced);
            for (var length = 0; length < file.Length; length++)
            {
                Assert.StartsWith(
                    "folder/cut.png: ",
                    Assert.Throws<UserErrorException>(() => Decoder.Decode(file[..length], "folder/cut.png")).Message,
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Fact]
    public void A_byte_that_was_changed_is_found_by_the_checksums()
    {
        var random = new Random(4);
        var file = PngFile.Of([.. Enumerable.Range(0, 900).Select(_ => random.Next(256))], 15, 20, 8, 2, interlaced: false);
        for (var round = 0; round < 500; round++)
        {
            var changed = (byte[])file.Clone();
            changed[random.Next(41, file.Length - 16)] ^= (byte)random.Next(1, 256);
            Assert.Throws<UserErrorException>(() => Decoder.Decode(changed, "file"));
        }
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_crash()
    {
        byte[][] files =
        [
            .. new[]
            {
                PillowFixtures.Grey,
                PillowFixtures.ColourAlpha,
                PillowFixtures.Palette,
                PillowFixtures.BlackWhite,
                PillowFixtures.Filters,
            }.Select(Convert.FromBase64String),
            PngFile.Of(new int[240], 12, 20, 16, 0, interlaced: true, PngFile.Chunk("eXIf"u8, PngFile.Orientation(6, little: false))),
        ];
        foreach (var file in files)
        {
            Fuzz.Mutate(file, file.Length, 3000, 10, bytes => Decoder.Decode(bytes, "fuzz"));
        }
    }

    [Fact]
    public void Huge_promises_cost_nothing()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("the file ends within the image", Refusal(9999, 9999), StringComparison.Ordinal);
        Assert.Contains("9999x99999 pixels; expected at most 100000000 pixels", Refusal(9999, 99999), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);

        static string Refusal(int width, int height)
        {
            var header = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
            header[8] = 8;
            var small = PngFile.Of(new int[4], 2, 2, 8, 0, interlaced: false);
            byte[] file = [.. small[..8], .. PngFile.Chunk("IHDR"u8, header), .. small[33..]];
            return Assert.Throws<UserErrorException>(() => Decoder.Decode(file, "file")).Message;
        }
    }

    [Fact]
    public void Grey_and_colour_convert_into_each_other()
    {
        var colour = new DecodedImage(new SampleShape(3, 1, 2), [255, 10, 255, 20, 255, 30]);
        Assert.Equal([255, 18], colour.WithChannels(1).Pixels);
        Assert.Equal([255, 18, 255, 18, 255, 18], colour.WithChannels(1).WithChannels(3).Pixels);
    }

    private static IEnumerable<byte[]> Chunks(Random random, int type, int bits, byte[] palette, int[] values)
    {
        if (random.Next(2) == 0)
        {
            yield return PngFile.Chunk("gAMA"u8, [0, 1, 0x86, 0xa0]);
        }

        if (type == 3)
        {
            yield return PngFile.Chunk("PLTE"u8, palette);
        }

        if (type is 0 or 2 && random.Next(2) == 0)
        {
            // The first pixel's colour is transparent.
            yield return PngFile.Chunk(
                "tRNS"u8,
                [.. values.Take(PngFile.Samples(type)).SelectMany(value => new[] { (byte)(value >> 8), (byte)value })]
            );
        }

        if (type == 3 && random.Next(2) == 0)
        {
            var alpha = new byte[1 << bits];
            random.NextBytes(alpha);
            yield return PngFile.Chunk("tRNS"u8, alpha);
        }
    }
}
