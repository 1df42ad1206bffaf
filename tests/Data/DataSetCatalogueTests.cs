using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class DataSetCatalogueTests
{
    [Fact]
    public void Glyphs_open_without_any_file()
    {
        var splits = DataSetCatalogue.Open(new DataOptions { Augment = ["crop:2"] }, seed: 3);
        Assert.Equal((3686, 410, 1024, 10), (splits.Train.Count, splits.Validation!.Count, splits.Test!.Count, splits.Classes));
        Assert.Equal(new SampleShape(1, 16, 16), splits.Shape);
        var batches = splits.Testing(256);
        var values = Enumerable.Range(0, batches.Count).SelectMany(i => batches.Load(i).Pixels).ToArray();
        Assert.InRange(values.Average(), -0.05, 0.05);
        Assert.InRange(values.Average(value => value * value), 0.9, 1.1);
        Assert.Equal(64, splits.Training(64, 3).Load(1).Count);
        Assert.Equal(2, splits.Validating(256)!.Count);
    }

    [Fact]
    public void Limits_apply_to_every_split()
    {
        var splits = DataSetCatalogue.Open(new DataOptions { Limit = 100, Validation = 20 }, seed: 3);
        Assert.Equal((80, 20, 100), (splits.Train.Count, splits.Validation!.Count, splits.Test!.Count));
    }

    [Fact]
    public void Given_constants_overrule_the_known_ones()
    {
        var splits = DataSetCatalogue.Open(new DataOptions { Mean = [0.25], Deviation = [2] }, seed: 3);
        Assert.Equal((0.25f, 2f), (splits.Pipeline.Normalisation.Mean[0], splits.Pipeline.Normalisation.Deviation[0]));
        Assert.Equal(0f, DataSetCatalogue.Open(new DataOptions { Normalise = "none" }, seed: 3).Pipeline.Normalisation.Mean[0]);
    }

    [Fact]
    public void All_bad_options_are_told_at_once()
    {
        var options = new DataOptions
        {
            Validation = -1,
            Limit = -2,
            Prefetch = 65,
            Normalise = "maybe",
            ImageSize = 7,
            Mean = [1],
        };
        var lines = Assert.Throws<UserErrorException>(() => DataSetCatalogue.Open(options, 1)).Message.Split(Environment.NewLine);
        Assert.Equal(
            ["data.validation", "data.limit", "data.image_size", "data.prefetch", "data.normalise", "data.mean, data.deviation"],
            lines.Select(line => line.Split(':')[0])
        );
    }

    [Fact]
    public void Unknown_names_and_missing_folders_say_what_is_possible()
    {
        Assert.Contains("glyphs, mnist", Error(new DataOptions { Name = "mnits" }), StringComparison.Ordinal);
        using var folder = new TempFolder();
        var missing = Error(new DataOptions { Name = "cifar10", Path = folder["none"] });
        Assert.Contains("there is no such folder", missing, StringComparison.Ordinal);
        Assert.Contains("--data (data.path)", missing, StringComparison.Ordinal);
        Assert.Contains("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz (170052171 bytes", missing, StringComparison.Ordinal);
        Assert.Contains("it is empty", Error(new DataOptions { Name = "mnist", Path = folder.Root }), StringComparison.Ordinal);
        folder.Write("other.txt", [1]);
        Assert.Contains("it holds other.txt", Error(new DataOptions { Name = "npy", Path = folder.Root }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_usual_subfolders_are_searched()
    {
        using var folder = new TempFolder();
        foreach (var (prefix, count) in new[] { ("train", 10), ("t10k", 4) })
        {
            folder.Write($"MNIST/raw/{prefix}-images-idx3-ubyte", IdxTests.Idx(new byte[count * 4], count, 2, 2));
            folder.Write(
                $"MNIST/raw/{prefix}-labels.idx1-ubyte.gz",
                IdxTests.Gzip(IdxTests.Idx([.. Enumerable.Range(0, count).Select(i => (byte)i)], count))
            );
        }

        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "mnist",
                Path = folder.Root,
                Validation = 0.2,
            },
            1
        );
        Assert.Equal((8, 2, 4), (splits.Train.Count, splits.Validation!.Count, splits.Test!.Count));
        Assert.Equal([0.1307f], splits.Pipeline.Normalisation.Mean);
    }

    [Theory]
    [InlineData(false, "x_train", "y_train")]
    [InlineData(true, "train_images", "train_labels")]
    public void Arrays_open_as_one_archive_or_as_files(bool archive, string images, string labels)
    {
        using var folder = new TempFolder();
        var arrays = new Dictionary<string, NpyArray>
        {
            [images] = NpyArray.From<byte>([.. Enumerable.Range(0, 60).Select(i => (byte)i)], 5, 2, 2, 3),
            [labels] = NpyArray.From<int>([0, 1, 2, 1, 0], 5, 1),
            [images.Replace("train", "test", StringComparison.Ordinal)] = NpyArray.From<byte>(new byte[24], 2, 2, 2, 3),
            [labels.Replace("train", "test", StringComparison.Ordinal)] = NpyArray.From<double>([3, 1], 2),
        };
        foreach (var (name, array) in archive ? [] : arrays)
        {
            array.Save(folder[name + ".npy"]);
        }

        if (archive)
        {
            NpzFile.Save(folder["data.npz"], arrays);
        }

        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "npy",
                Path = folder.Root,
                Validation = 0,
            },
            1
        );
        Assert.Equal((5, 2, 4, new SampleShape(3, 2, 2)), (splits.Train.Count, splits.Test!.Count, splits.Classes, splits.Shape));
        Assert.Equal(3, splits.Test!.Label(0));

        // Stored channels-last: red is every third value.
        Assert.Equal([12, 15, 18, 21, 13, 16, 19, 22, 14, 17, 20, 23], Assert.IsType<ByteDataSet>(splits.Train).Stored(1).ToArray());
    }

    [Fact]
    public void Samples_to_predict_must_have_the_models_shape()
    {
        var images = NpyArray.From<float>(new float[24], 2, 3, 4);
        Assert.Equal(2, NpySamples.Unlabelled("x", images, new SampleShape(1, 3, 4)).Count);
        Assert.Contains(
            "samples of 1x3x4 (from [2, 3, 4])",
            Assert.Throws<UserErrorException>(() => NpySamples.Unlabelled("x", images, new SampleShape(3, 3, 4))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "finite",
            Assert
                .Throws<UserErrorException>(() =>
                    NpySamples.Unlabelled("x", NpyArray.From<float>([float.NaN], 1, 1), SampleShape.Vector(1))
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    private static string Error(DataOptions options) => Assert.Throws<UserErrorException>(() => DataSetCatalogue.Open(options, 1)).Message;
}
