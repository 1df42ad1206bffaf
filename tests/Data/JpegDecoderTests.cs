using System.IO.Compression;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class JpegDecoderTests
{
    private static readonly JpegDecoder Decoder = new();

    private static readonly (string File, string Planes)[] All =
        [JpegFixtures.Grey, JpegFixtures.FullColour, JpegFixtures.HalfColour, JpegFixtures.WideColour, JpegFixtures.Progressive, JpegFixtures.GreyProgressive, JpegFixtures.Restart, JpegFixtures.Print];

    [Theory]
    [InlineData(0, 1, 0.2, 1)]
    [InlineData(1, 3, 0.5, 3)]
    [InlineData(2, 3, 0.8, 6)]
    [InlineData(3, 3, 0.8, 6)]
    [InlineData(4, 3, 0.8, 6)]
    [InlineData(5, 1, 0.2, 1)]
    [InlineData(6, 3, 0.8, 6)]
    [InlineData(7, 3, 1.0, 6)]
    public void Reads_what_pillow_writes_but_for_rounding(int fixture, int channels, double mean, int largest)
    {
        var (file, planes) = All[fixture];
        var image = Decoder.Decode(Convert.FromBase64String(file), "fixture");
        Assert.Equal(new SampleShape(channels, 29, 37), image.Shape);
        using var packed = new MemoryStream(Convert.FromBase64String(planes));
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var differences = DataFile.ReadToEnd(zlib, 1 << 20, "fixture").Zip(image.Pixels, (wanted, seen) => Math.Abs(wanted - seen)).ToArray();
        Assert.Equal(image.Pixels.Length, differences.Length);
        Assert.InRange(differences.Average(), 0, mean);
        Assert.InRange(differences.Max(), 0, largest);
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
        file.AsSpan(header + 5, 4).Fill(0xff);
        Assert.Contains("65535x65535 pixels", Assert.Throws<UserErrorException>(() => Decoder.Decode(file, "file")).Message, StringComparison.Ordinal);
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
}
