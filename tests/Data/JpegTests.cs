using System.IO.Compression;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class JpegTests
{
    private static readonly SkiaDecoder Decoder = new();

    private static readonly (string File, string Planes)[] All =
    [
        JpegFixtures.Grey,
        JpegFixtures.FullColour,
        JpegFixtures.HalfColour,
        JpegFixtures.WideColour,
        JpegFixtures.Progressive,
        JpegFixtures.GreyProgressive,
        JpegFixtures.Restart,
        JpegFixtures.Print,
    ];

    [Fact]
    public void Reads_what_pillow_reads()
    {
        foreach (var (file, planes) in All)
        {
            Check(Convert.FromBase64String(file), planes);
        }
    }

    [Fact]
    public void The_colour_space_is_what_libjpegs_rules_say()
    {
        var (colour, print) = (JpegFixtures.FullColour, JpegFixtures.Print);

        // Three components: JFIF says YCbCr, else Adobe's marker decides, else the components' names, else it is YCbCr.
        Check(JpegFile.With(colour.File, JpegFile.Jfif()), colour.Planes);
        Check(JpegFile.With(colour.File, JpegFile.Jfif(), JpegFile.Adobe(0)), colour.Planes);
        Check(JpegFile.With(colour.File, JpegFile.Adobe(1)), colour.Planes);
        Check(JpegFile.With(colour.File, JpegFile.Adobe(0)), JpegFixtures.FullColourAsRgb);
        Check(JpegFile.With(colour.File), colour.Planes);
        Check(JpegFile.Named(JpegFile.With(colour.File), (byte)'R', (byte)'G', (byte)'B'), JpegFixtures.FullColourAsRgb);
        Check(JpegFile.Named(JpegFile.With(colour.File), 0, 1, 2), colour.Planes);
        Check(JpegFile.Named(JpegFile.With(colour.File, JpegFile.Jfif()), (byte)'R', (byte)'G', (byte)'B'), colour.Planes);

        // Four: Adobe's marker says CMYK (0) or YCCK (anything else); without one it is CMYK. Ink
        // is stored upside down, as all programs do it.
        Check(JpegFile.With(print.File, JpegFile.Adobe(0)), print.Planes);
        Check(JpegFile.With(print.File, JpegFile.Adobe(2)), JpegFixtures.PrintAsYcck);
        Check(JpegFile.With(print.File, JpegFile.Adobe(1)), JpegFixtures.PrintAsYcck);
        Check(JpegFile.With(print.File), print.Planes);
        Check(JpegFile.With(print.File, JpegFile.Jfif(), JpegFile.Adobe(2)), JpegFixtures.PrintAsYcck);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Orientations_turn_every_colour_space(int orientation)
    {
        foreach (
            var (file, planes, adobe) in new[]
            {
                (JpegFixtures.Grey.File, JpegFixtures.Grey.Planes, 1),
                (JpegFixtures.FullColour.File, JpegFixtures.FullColourAsRgb, 0),
                (JpegFixtures.Print.File, JpegFixtures.PrintAsYcck, 2),
            }
        )
        {
            var upright = Unpack(planes);
            var image = Decoder.Decode(
                JpegFile.With(file, JpegFile.Exif(orientation, little: orientation % 2 == 0), JpegFile.Adobe(adobe)),
                "file"
            );
            var (height, width) = orientation < 5 ? (29, 37) : (37, 29);
            Assert.Equal(new SampleShape(upright.Length / 1073, height, width), image.Shape);
            for (var i = 0; i < image.Pixels.Length; i++)
            {
                var (channel, y, x) = (i / 1073, i % 1073 / width, i % width);

                // Where Exif 2.3 has row 0 and column 0 of what is stored: top left, top right, bottom right, bottom left, left top, right
                // top, right bottom, left bottom.
                var (row, column) = orientation switch
                {
                    1 => (y, x),
                    2 => (y, 36 - x),
                    3 => (28 - y, 36 - x),
                    4 => (28 - y, x),
                    5 => (x, y),
                    6 => (28 - x, y),
                    7 => (28 - x, 36 - y),
                    _ => (x, 36 - y),
                };
                Assert.InRange(image.Pixels[i] - upright[(channel * 1073) + (row * 37) + column], -2, 2);
            }
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_is_never_an_image()
    {
        foreach (var (fixture, _) in All)
        {
            var file = Convert.FromBase64String(fixture);
            for (var length = 0; length < file.Length; length++)
            {
                Assert.StartsWith(
                    "folder/cut.jpg: ",
                    Assert.Throws<UserErrorException>(() => Decoder.Decode(file[..length], "folder/cut.jpg")).Message,
                    StringComparison.Ordinal
                );
            }

            Decoder.Decode([.. file, 1, 2, 3], "what follows the end is not read");
        }
    }

    [Fact]
    public void The_end_of_a_thumbnail_is_not_the_end_of_the_image()
    {
        var file = JpegFile.With(JpegFixtures.Progressive.File, [0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9]);
        Check(file, JpegFixtures.Progressive.Planes);
        Assert.Contains(
            "the file ends within the image",
            Assert.Throws<UserErrorException>(() => Decoder.Decode(file[..^100], "file")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Kinds_that_are_not_decoded_are_refused()
    {
        var file = Convert.FromBase64String(JpegFixtures.Grey.File);
        file[file.AsSpan().IndexOf([(byte)0xff, (byte)0xc0]) + 1] = 0xc3;
        Assert.Throws<UserErrorException>(() => Decoder.Decode(file, "lossless"));
        Assert.Contains(
            "no PNG or JPEG header",
            Assert.Throws<UserErrorException>(() => Decoder.Decode([.. "some text"u8], "file")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "an empty file",
            Assert.Throws<UserErrorException>(() => Decoder.Decode([], "file")).Message,
            StringComparison.Ordinal
        );
        var gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
        Assert.Contains(
            "a GIF file",
            Assert.Throws<UserErrorException>(() => Decoder.Decode(gif, "file")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_crash()
    {
        foreach (var (file, _) in All)
        {
            var intact = Convert.FromBase64String(file);
            Fuzz.Mutate(intact, intact.Length, 1500, 11, bytes => Decoder.Decode(bytes, "fuzz"));
            Fuzz.Mutate(intact, 700, 1500, 12, bytes => Decoder.Decode(bytes, "fuzz"));
        }
    }

    [Fact]
    public void Huge_promises_cost_nothing()
    {
        var file = Convert.FromBase64String(JpegFixtures.Grey.File);
        var header = file.AsSpan().IndexOf(new byte[] { 0xff, 0xc0 });
        (file[header + 5], file[header + 6], file[header + 7], file[header + 8]) = (0xff, 0xdc, 0xff, 0xdc);
        Assert.Contains(
            "65500x65500 pixels; expected at most",
            Assert.Throws<UserErrorException>(() => Decoder.Decode(file, "file")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Real_images_come_near_the_lossless_ones()
    {
        var (lossy, lossless) = (RealData.Folder("cifar10-jpeg"), RealData.Folder("cifar10"));
        var jpegs = FileSet.ReadFile(Path.Combine(lossy, "test.jpegcat.gz"));
        var lengths = File.ReadAllBytes(Path.Combine(lossy, "test.len.u16"));
        var originals = FileSet.ReadFile(Path.Combine(lossless, "test_lossless_1000.bin.gz"));
        var (start, error) = (0, 0.0);
        for (var i = 0; i < 1000; i++)
        {
            var length = BitConverter.ToUInt16(lengths, 2 * i);
            var image = Decoder.Decode(jpegs[start..(start + length)], $"image {i}");
            var off = image.Pixels.Zip(originals.Skip((i * 3073) + 1), (seen, wanted) => Math.Abs(seen - wanted)).Average();
            Assert.InRange(off, 0, 14);
            error += off / 1000;
            start += length;
        }

        // Pillow's decoder gives 5.8 over these and the training images.
        Assert.InRange(error, 4, 6.2);
    }

    private static void Check(byte[] file, string planes)
    {
        var (image, wanted) = (Decoder.Decode(file, "fixture"), Unpack(planes));
        Assert.Equal(new SampleShape(wanted.Length / (29 * 37), 29, 37), image.Shape);
        Assert.All(wanted.Zip(image.Pixels), pair => Assert.InRange(pair.Second - pair.First, -2, 2));
        Assert.Equal(image.Shape.Channels, SkiaDecoder.Channels(file, "fixture"));
    }

    private static byte[] Unpack(string planes)
    {
        using var packed = new MemoryStream(Convert.FromBase64String(planes));
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        return DataFile.ReadToEnd(zlib, 1 << 20, "fixture");
    }
}
