using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

/// <summary>Folders as people have them: hidden copies, empty classes, grey among coloured, damaged files.</summary>
public sealed class ImageFolderFaultsTests : IDisposable
{
    private static readonly SampleShape Grey = new(1, 8, 8);
    private readonly TempFolder folder = new();

    [Fact]
    public void Names_that_begin_with_a_dot_are_no_class_no_folder_and_no_sample()
    {
        Write("train/a/1.png", Image(1, 10));
        Write("train/b/1.png", Image(1, 20));
        Write("train/b/.1.png", [1, 2, 3]);
        Write("train/b/._1.png", [0, 5, 0x16, 7]);
        Write("train/b/.thumbnails/1.png", Image(3, 30));
        Write("train/b/deeper/2.png", Image(1, 30));
        Write("train/.ipynb_checkpoints/1.png", Image(1, 40));
        Directory.CreateDirectory(folder["train/.cache"]);
        Write("test/a/1.png", Image(1, 50));
        Directory.CreateDirectory(folder["test/.git"]);
        var splits = Open();
        Assert.Equal(["a", "b"], splits.Train.ClassNames);
        Assert.Equal((3, 1, Grey), (splits.Train.Count, splits.Test!.Count, splits.Shape));
        Assert.Equal([10, 20, 30], Enumerable.Range(0, 3).Select(i => First(splits.Train, i)));
        Assert.Empty(splits.Notices);
    }

    [Fact]
    public void Data_below_a_hidden_folder_count()
    {
        Write(".data/train/a/1.png", Image(1, 10));
        Write(".data/test/a/1.png", Image(1, 10));
        Assert.Equal(1, Open(path: folder[".data"]).Train.Count);
    }

    [Fact]
    public void A_class_folder_without_images_is_said()
    {
        Write("train/a/1.png", Image(1, 10));
        Write("train/c/1.png", Image(1, 20));
        Write("train/b/notes.txt", [1]);
        Write("test/a/1.png", Image(1, 30));
        Directory.CreateDirectory(folder["test/c"]);
        var splits = Open();
        Assert.Equal(["a", "b", "c"], splits.Train.ClassNames);
        Assert.Equal([0, 2], Enumerable.Range(0, 2).Select(splits.Train.Label));
        Assert.Collection(
            splits.Notices,
            notice => Assert.StartsWith(folder["train/b"] + " holds no images", notice, StringComparison.Ordinal),
            notice => Assert.StartsWith(folder["test/c"] + " holds no images", notice, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("train/a/9.png")]
    [InlineData("test/a/9.png")]
    [InlineData("val/a/9.png")]
    public void One_coloured_image_of_any_split_makes_the_set_coloured(string name)
    {
        foreach (var split in new[] { "train", "test", "val" })
        {
            Write($"{split}/a/1.png", Image(1, 10));
        }

        Assert.Equal(Grey, Open().Shape);
        Write(name, Image(3, 20));
        Assert.Equal(new SampleShape(3, 8, 8), Open().Shape);
        Assert.Equal(Grey, Open(channels: 1).Shape);
    }

    [Fact]
    public void Channels_can_be_insisted_upon()
    {
        Write("train/a/1.png", Image(1, 10));
        Write("test/a/1.png", Image(1, 10));
        Assert.Equal(new SampleShape(3, 8, 8), Open(channels: 3).Shape);
        Assert.Contains(
            "data.channels: 2 is not possible; allowed: 1 (grey), 3 (coloured)",
            Assert.Throws<UserErrorException>(() => Open(channels: 2)).Message,
            StringComparison.Ordinal
        );

        // Known sets are coloured whatever the first files are, and grey where it is asked for, with constants of their own.
        var known = new DataOptions
        {
            Name = "imagenet",
            Path = folder.Root,
            ImageSize = 8,
            Validation = 0,
        };
        Assert.Equal(3, DataSetCatalogue.Open(known, 1).Shape.Channels);
        var grey = DataSetCatalogue.Open(known with { Channels = 1 }, 1);
        Assert.Equal(10 / 255f, Assert.Single(grey.Pipeline.Normalisation.Mean), 1e-6f);
    }

    [Fact]
    public void All_bad_files_are_named_and_some_may_be_left_out()
    {
        for (var i = 0; i < 6; i++)
        {
            Write($"train/a/{i}.png", i % 2 == 0 ? Image(1, i) : Image(1, i)[..^30]);
            Write($"test/a/{i}.png", i == 5 ? [] : Image(1, 10 + i));
        }

        // A bad file does not decide on colour either.
        Write("train/a/7.png", Image(3, 9)[..^30]);
        var lines = Assert.Throws<UserErrorException>(() => Open(skipBad: 4)).Message.Split(Environment.NewLine);
        Assert.StartsWith(
            "5 of 13 image files cannot be used; data.skip_bad allows 4. Mend or remove them, or go on without them by --set "
                + "data.skip_bad=5:",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                .. new[] { 1, 3, 5, 7 }.Select(i => folder[$"train/a/{i}.png"] + ": the file ends within the image"),
                folder["test/a/5.png"] + ": an empty file",
            ],
            lines[1..].Select(line => line.Trim().Split(';')[0])
        );
        Assert.All(lines[1..], line => Assert.DoesNotContain("--data", line, StringComparison.Ordinal));

        var splits = Open(skipBad: 5);
        Assert.Equal((3, 5, Grey), (splits.Train.Count, splits.Test!.Count, splits.Shape));
        Assert.Equal([0, 2, 4], Enumerable.Range(0, 3).Select(i => First(splits.Train, i)));
        Assert.Equal([10, 11, 12, 13, 14], Enumerable.Range(0, 5).Select(i => First(splits.Test!, i)));
        Assert.Equal(5, splits.Notices.Single().Split(Environment.NewLine)[1..].Length);
        Assert.StartsWith(
            "5 of 13 image files cannot be used and are left out (data.skip_bad allows 5):",
            splits.Notices.Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_many_bad_files_twenty_are_named_and_the_others_counted()
    {
        Write("train/a/good.png", Image(1, 1));
        Write("test/a/good.png", Image(1, 1));
        for (var i = 0; i < 50; i++)
        {
            Write($"train/a/{i:00}.jpg", [1, 2, 3]);
        }

        var lines = Assert.Throws<UserErrorException>(() => Open()).Message.Split(Environment.NewLine);
        Assert.Equal(22, lines.Length);
        Assert.Contains("19.jpg: ", lines[20], StringComparison.Ordinal);
        Assert.Equal("  and 30 more", lines[21]);
        Assert.Contains("no images", Assert.Throws<UserErrorException>(() => OnlyBad()).Message, StringComparison.Ordinal);

        DataSplits OnlyBad()
        {
            File.Delete(folder["train/a/good.png"]);
            return Open(skipBad: 50);
        }
    }

    [Fact]
    public void Of_large_sets_only_headers_are_read()
    {
        var cut = folder.Write("cut.png", Image(3, 1)[..^30]);
        var grey = folder.Write("grey.png", Image(1, 1));
        var bad = folder.Write("bad.jpg", [1, 2, 3]);
        byte[] profile = [0xff, 0xe2, 0xff, 0xff, .. new byte[65533]];
        var late = folder.Write("late.jpg", JpegFile.With(JpegFixtures.FullColour.File, profile, profile));
        var decoders = new ImageDecoders(null);
        Assert.Equal([cut, bad], ImageCheck.Of([cut, grey, bad, late], decoders).Faults.Select(fault => fault.Key));
        Assert.Equal([bad], ImageCheck.Of([cut, grey, bad, late], decoders, mostDecoded: 100).Faults.Select(fault => fault.Key));
        Assert.True(ImageCheck.Of([grey, late], decoders, mostDecoded: 100).Coloured);
        Assert.False(ImageCheck.Of([grey, bad], decoders, mostDecoded: 0).Coloured);
    }

    [Fact]
    public void A_turned_photograph_is_the_same_sample_as_an_upright_one()
    {
        var stored = new DecodedImage(new SampleShape(1, 2, 3), [10, 20, 30, 40, 50, 60]);
        Write("train/a/1.png", PngFile.Of(stored, PngFile.Chunk("eXIf"u8, PngFile.Orientation(6, little: true))));
        Write("train/a/2.png", PngFile.Of(new DecodedImage(new SampleShape(1, 3, 2), [40, 10, 50, 20, 60, 30])));
        Write("test/a/1.png", Image(1, 10));
        var train = Open().Train;
        var (turned, upright) = (new float[64], new float[64]);
        train.Read(0, turned);
        train.Read(1, upright);
        Assert.Equal(upright, turned);
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Image(int channels, int value)
    {
        var shape = new SampleShape(channels, 9, 9);
        var pixels = new byte[shape.Length];
        Array.Fill(pixels, (byte)value);
        return PngFile.Of(new DecodedImage(shape, pixels));
    }

    private static int First(IDataSet data, int index)
    {
        var pixels = new float[data.Shape.Length];
        data.Read(index, pixels);
        return (int)MathF.Round(pixels[0] * 255);
    }

    private void Write(string name, byte[] bytes) => folder.Write(name, bytes);

    private DataSplits Open(int? channels = null, int skipBad = 0, string? path = null) =>
        DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "images",
                Path = path ?? folder.Root,
                Validation = 0,
                ImageSize = 8,
                Normalise = "none",
                Channels = channels,
                SkipBad = skipBad,
            },
            1
        );
}
