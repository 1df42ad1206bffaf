using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class ImageFolderTests
{
    [Fact]
    public void Scaling_is_pillows_bilinear()
    {
        var grey = Enumerable.Range(0, 35).Select(i => (float)(((i % 7 * 31) + (i / 7 * 17)) % 256)).ToArray();
        var (shrunk, grown) = (new float[12], new float[72]);
        BilinearResize.Plane(grey, 5, 7, shrunk, 3, 4);
        BilinearResize.Plane(grey, 5, 7, grown, 8, 9);
        Assert.All(shrunk.Zip(PillowFixtures.Shrunk), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
        Assert.All(grown.Zip(PillowFixtures.Grown), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
    }

    [Fact]
    public void Scaling_keeps_constants_and_bounds()
    {
        var random = new Random(1);
        for (var round = 0; round < 1000; round++)
        {
            var (height, width, rows, columns) = (random.Next(1, 30), random.Next(1, 30), random.Next(1, 30), random.Next(1, 30));
            var source = Enumerable.Range(0, height * width).Select(_ => random.NextSingle()).ToArray();
            var target = new float[rows * columns];
            BilinearResize.Plane(source, height, width, target, rows, columns);
            Assert.All(target, value => Assert.InRange(value, source.Min() - 1e-5f, source.Max() + 1e-5f));
            Array.Fill(source, 0.7f);
            BilinearResize.Plane(source, height, width, target, rows, columns);
            Assert.All(target, value => Assert.Equal(0.7f, value, 1e-5f));
        }
    }

    [Fact]
    public void Random_parts_fit_and_have_the_promised_area_and_proportions()
    {
        var random = new Random(2);
        for (var round = 0; round < 5000; round++)
        {
            var image = new SampleShape(1, random.Next(20, 200), random.Next(20, 200));
            var key = new CounterRandom(round, RandomStream.Augmentation);
            var region = new RandomResizedCrop(0.2).Region(image, ref key);
            Assert.InRange(region.Top, 0, image.Height - region.Height);
            Assert.InRange(region.Left, 0, image.Width - region.Width);
            Assert.InRange((double)region.Width / region.Height, 0.65, 1.5);
            Assert.True(region.Height * region.Width > 0.15 * image.Plane || region.Height == image.Height || region.Width == image.Width);
        }
    }

    [Fact]
    public void A_part_of_the_whole_area_is_the_image_itself()
    {
        var data = BatchTests.Noise(1, new SampleShape(3, 8, 8), 1);
        var (source, target) = (new float[192], new float[192]);
        data.Read(0, source);
        new ImageRegion(0, 0, 8, 8).Sample(source, target, data.Shape);
        Assert.Equal(source, target);
    }

    [Fact]
    public void Folders_open_with_classes_in_order_and_the_validation_split_they_bring()
    {
        using var folder = new TempFolder();
        foreach (var split in new[] { "train", "val", "test" })
        {
            Write(folder, $"{split}/b-dog/1.png", 10);
            Write(folder, $"{split}/a-cat/2.png", 20);
            Write(folder, $"{split}/a-cat/deeper/3.PNG", 30);
            folder.Write($"{split}/a-cat/notes.txt", [1]);
        }

        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "images",
                Path = folder.Root,
                ImageSize = 8,
                Normalise = "none",
            },
            1
        );
        Assert.Equal((3, 3, 3, 2), (splits.Train.Count, splits.Validation!.Count, splits.Test!.Count, splits.Classes));
        Assert.Equal(["a-cat", "b-dog"], splits.Train.ClassNames);
        Assert.Equal([0, 0, 1], Enumerable.Range(0, 3).Select(splits.Train.Label));
        Assert.Equal(new SampleShape(3, 8, 8), splits.Shape);
        Assert.Equal([20, 30, 10], Enumerable.Range(0, 3).Select(i => (int)Math.Round(splits.Testing(3).Load(0).Pixels[i * 192] * 255)));
    }

    [Fact]
    public void Tiny_imagenets_list_of_validation_images_is_the_test_split()
    {
        using var folder = new TempFolder();
        Write(folder, "tiny-imagenet-200/train/n01/images/n01_0.png", 10);
        Write(folder, "tiny-imagenet-200/train/n02/images/n02_0.png", 20);
        Write(folder, "tiny-imagenet-200/val/images/val_0.png", 30);
        Write(folder, "tiny-imagenet-200/val/images/val_1.png", 40);
        Write(folder, "tiny-imagenet-200/test/images/test_0.png", 50);
        folder.Write(
            "tiny-imagenet-200/val/val_annotations.txt",
            "val_0.JPEG\tn02\t0\t0\t63\t63\nval_1.png\tn01\t1\t1\t2\t2\n"u8.ToArray()
        );
        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "tiny-imagenet",
                Path = folder.Root,
                Validation = 0,
            },
            1
        );
        Assert.Equal((2, 2, 2, new SampleShape(3, 64, 64)), (splits.Train.Count, splits.Test!.Count, splits.Classes, splits.Shape));
        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(splits.Test!.Label));
        Assert.Equal(0.4802f, splits.Pipeline.Normalisation.Mean[0]);
    }

    [Fact]
    public void Batches_of_files_are_those_of_one_thread_and_cut_from_the_stored_image()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 12; i++)
        {
            Write(folder, $"train/c{i % 3}/{i}.png", i);
            Write(folder, $"test/c{i % 3}/{i}.png", i);
        }

        var options = new DataOptions
        {
            Name = "images",
            Path = folder.Root,
            ImageSize = 16,
            Augment = ["resized_crop:0.3", "flip"],
        };
        var splits = DataSetCatalogue.Open(options, 1);
        var loader = splits.Training(5, 7);
        for (var step = 1; step <= 20; step++)
        {
            var position = loader.Position(step);
            var order = EpochOrder.Of(7, position.Epoch, splits.Train.Count);
            var batch = loader.Load(step);
            for (var i = 0; i < 5; i++)
            {
                var (data, origin) = SubsetDataSet.Resolve(splits.Train, order[(position.Batch * 5) + i]);
                var random = new CounterRandom(7, RandomStream.Augmentation, position.Epoch, (position.Batch * 5) + i);
                var (cut, flipped) = (new float[768], new float[768]);
                new RandomResizedCrop(0.3).Apply(((IVariableImages)data).Decode(origin), cut, data.Shape, ref random);
                new HorizontalFlip().Apply(cut, flipped, data.Shape, ref random);
                splits.Pipeline.Normalisation.Apply(flipped, flipped, data.Shape);
                Assert.Equal(flipped, batch.Pixels[(i * 768)..((i + 1) * 768)]);
            }
        }
    }

    [Fact]
    public void Files_without_a_decoder_are_said_so_unless_one_is_plugged_in()
    {
        using var folder = new TempFolder();
        folder.Write("train/a/1.webp", [1, 2, 3]);
        folder.Write("test/a/1.webp", [1, 2, 3]);
        var options = new DataOptions
        {
            Name = "images",
            Path = folder.Root,
            Validation = 0,
            ImageSize = 8,
            Normalise = "none",
        };
        var message = Assert.Throws<UserErrorException>(() => DataSetCatalogue.Open(options, 1)).Message;
        Assert.Contains(".webp files cannot be decoded", message, StringComparison.Ordinal);
        Assert.Contains("IImageDecoder", message, StringComparison.Ordinal);
        var splits = DataSetCatalogue.Open(options, 1, [new Plug()]);
        Assert.Equal(new SampleShape(1, 8, 8), splits.Shape);
        Assert.All(splits.Testing(1).Load(0).Pixels, value => Assert.Equal(51 / 255f, value, 1e-6f));
    }

    [Fact]
    public void A_file_that_is_damaged_after_the_start_is_named_once()
    {
        using var folder = new TempFolder();
        Write(folder, "train/a/1.png", 1);
        Write(folder, "test/a/bad.png", 1);
        var splits = DataSetCatalogue.Open(
            new DataOptions
            {
                Name = "images",
                Path = folder.Root,
                Validation = 0,
            },
            1
        );
        folder.Write("test/a/bad.png", [1, 2, 3]);
        Assert.Contains(
            "bad.png: no PNG or JPEG header",
            Assert.Throws<UserErrorException>(() => splits.Testing(1).Load(0)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Faults_of_the_layout_are_named()
    {
        using var folder = new TempFolder();
        Write(folder, "train/a/1.png", 1);
        Assert.Null(
            DataSetCatalogue
                .Open(
                    new DataOptions
                    {
                        Name = "images",
                        Path = folder.Root,
                        Validation = 0,
                    },
                    1
                )
                .Test
        );
        Write(folder, "test/a/1.png", 1);
        Write(folder, "test/b/1.png", 1);
        Refused("the class 'b'");
        folder.Write("val/val_annotations.txt", "none.JPEG\ta\n"u8.ToArray());
        Directory.Delete(folder["test/b"], recursive: true);
        Refused("none.JPEG without its file");

        void Refused(string part) =>
            Assert.Contains(
                part,
                Assert
                    .Throws<UserErrorException>(() =>
                        DataSetCatalogue.Open(
                            new DataOptions
                            {
                                Name = "images",
                                Path = folder.Root,
                                Validation = 0,
                            },
                            1
                        )
                    )
                    .Message,
                StringComparison.Ordinal
            );
    }

    internal static void Write(TempFolder folder, string name, int value)
    {
        // 20x16 with a corner of its own, red first.
        var image = new DecodedImage(new SampleShape(3, 20, 16), new byte[960]);
        Array.Fill(image.Pixels, (byte)value);
        image.Pixels[959] = 200;
        folder.Write(name, PngFile.Of(image));
    }

    private sealed class Plug : IImageDecoder
    {
        public IReadOnlyList<string> Extensions => [".webp"];

        public DecodedImage Decode(byte[] file, string source) => new(new SampleShape(1, 10, 10), [.. Enumerable.Repeat((byte)51, 100)]);
    }
}
