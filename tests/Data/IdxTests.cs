using System.IO.Compression;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class IdxTests
{
    internal static byte[] Idx(byte[] values, params int[] sizes) =>
        [
            0,
            0,
            8,
            (byte)sizes.Length,
            .. sizes.SelectMany(size => new[] { (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size }),
            .. values,
        ];

    internal static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_images_and_labels_plain_or_gzip(bool gzip)
    {
        using var folder = new TempFolder();
        var images = Idx([.. Enumerable.Range(0, 12).Select(i => (byte)(i * 20))], 2, 2, 3);
        var labels = Idx([1, 2], 2);
        var data = IdxDataSet.Load("x", folder.Write("i", gzip ? Gzip(images) : images), folder.Write("l", gzip ? Gzip(labels) : labels));
        Assert.Equal((2, 3, new SampleShape(1, 2, 3)), (data.Count, data.Classes, data.Shape));
        var pixels = new float[6];
        data.Read(1, pixels);
        Assert.Equal([120 / 255f, 140 / 255f, 160 / 255f, 180 / 255f, 200 / 255f, 220 / 255f], pixels);
        Assert.Equal(2, data.Label(1));
    }

    [Fact]
    public void Every_fault_is_named()
    {
        var intact = Idx([1, 2, 3, 4, 5, 6], 2, 3);
        Refused("truncated", intact[..^1]);
        Refused("more bytes", [.. intact, 0]);
        Refused("type code 0d", [0, 0, 0x0d, 2, .. intact[4..]]);
        Refused("00 00", [1, .. intact[1..]]);
        Refused("size 0", Idx([], 0, 3));
        Refused("size -1", Idx([], -1, 3));
        Refused("size 2147483647", Idx([], int.MaxValue, int.MaxValue));
        Refused("ends after 0", []);
    }

    [Fact]
    public void Damaged_headers_are_refused_or_read_but_never_crash()
    {
        Fuzz.Mutate(Idx(new byte[60], 5, 3, 4), 16, 5000, 1, bytes => IdxArray.Read(new MemoryStream(bytes), "fuzz"));
        var packed = Gzip(Idx([.. Enumerable.Range(0, 60).Select(i => (byte)i)], 5, 3, 4));
        Fuzz.Mutate(packed, packed.Length, 5000, 2, bytes => IdxArray.Read(DataFile.Unpack(new MemoryStream(bytes), "fuzz"), "fuzz"));
    }

    [Fact]
    public void Labels_must_fit_the_images()
    {
        using var folder = new TempFolder();
        var images = folder.Write("i", Idx(new byte[12], 3, 2, 2));
        Assert.Contains(
            "3 samples but 2 labels",
            Assert.Throws<UserErrorException>(() => IdxDataSet.Load("x", images, folder.Write("l", Idx([0, 1], 2)))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "label 9 at sample 1",
            Assert.Throws<UserErrorException>(() => IdxDataSet.Load("x", images, folder.Write("l", Idx([0, 9, 1], 3)), 3)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "labels [N]",
            Assert.Throws<UserErrorException>(() => IdxDataSet.Load("x", images, images)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "cannot be opened",
            Assert.Throws<UserErrorException>(() => IdxDataSet.Load("x", folder["none"], images)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("mnist", 7, 33.318421449829934 / 255)]
    [InlineData("fashion-mnist", 9, 72.94035223214286 / 255)]
    public void Real_sets_have_their_known_first_label_and_mean(string name, int firstTest, double mean)
    {
        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = name,
                Path = RealData.Folder(name),
                Validation = 0,
            },
            1
        );
        Assert.Equal((60_000, 10_000, 10), (splits.Train.Count, splits.Test!.Count, splits.Classes));
        Assert.Equal(firstTest, splits.Test!.Label(0));
        var train = Assert.IsType<ByteDataSet>(splits.Train);
        var sum = 0L;
        for (var i = 0; i < train.Count; i++)
        {
            foreach (var value in train.Stored(i))
            {
                sum += value;
            }
        }

        Assert.Equal(mean, sum / (60_000.0 * 784 * 255), 4);
    }

    private static void Refused(string part, byte[] bytes) =>
        Assert.Contains(
            part,
            Assert.Throws<UserErrorException>(() => IdxArray.Read(new MemoryStream(bytes), "file")).Message,
            StringComparison.Ordinal
        );
}
