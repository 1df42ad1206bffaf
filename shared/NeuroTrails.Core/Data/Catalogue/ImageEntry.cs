namespace NeuroTrails.Data;

/// <summary>Folders of images, a subfolder a class.</summary>
internal static class ImageEntry
{
    private static readonly Normalisation ImageNetConstants = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);
    private static readonly string[] ManualLayout =
    [
        "The folder needs train/CLASS/…, and test/CLASS/… or val/CLASS/… if you have them (with both, val chooses the best checkpoint); "
            + "PNG or JPEG files.",
    ];

    public static DataSetEntry Any { get; } =
        Entry("images", "image folders of your own: train/CLASS/*, test/CLASS/*, PNG or JPEG", 32, 1, null, []);

    public static DataSetEntry TinyImageNet { get; } =
        Entry(
            "tiny-imagenet",
            "100,000 + 10,000 photographs of 200 classes, 3x64x64",
            64,
            1,
            new([0.4802f, 0.4481f, 0.3975f], [0.2770f, 0.2691f, 0.2821f]),
            ["tiny-imagenet-200"]
        ) with
        {
            ManualSteps =
            [
                "Fetch http://cs231n.stanford.edu/tiny-imagenet-200.zip (248100043 bytes, MD5 90528d7ca1a48142e341f4ef8d21d0de) and "
                    + "unpack it into that folder.",
            ],
        };

    public static DataSetEntry ImageNet { get; } =
        Entry(
            "imagenet",
            "1.28 million + 50,000 photographs of 1,000 classes",
            224,
            0.875,
            ImageNetConstants,
            ["ILSVRC/Data/CLS-LOC", "imagenet"]
        ) with
        {
            ManualSteps = ["ImageNet needs an account at https://image-net.org. Unpack ILSVRC2012 into train/WNID/… and val/WNID/…"],
        };

    private static DataSetEntry Entry(
        string name,
        string summary,
        int size,
        double centreShare,
        Normalisation? constants,
        IReadOnlyList<string> subfolders
    ) =>
        new(name, summary, (folder, options, decoders) => Open(name, folder, options, size, centreShare, constants is not null, decoders))
        {
            Constants = constants,
            Marks = ["train"],
            Subfolders = subfolders,
            ManualSteps = ManualLayout,
        };

    private static SourceSplits Open(
        string name,
        string folder,
        DataOptions options,
        int usualSize,
        double centreShare,
        bool coloured,
        ImageDecoders decoders
    )
    {
        var trainFolder = Path.Combine(folder, "train");
        var classes = ImageListing.Classes(trainFolder);
        var train = ImageListing.Of(trainFolder, classes, decoders);
        if (train.Paths.Count == 0)
        {
            throw DataError.Damaged(trainFolder, $"{classes.Count} subfolders and no images in them", "train/CLASS/*.png or *.jpg");
        }

        var (test, validation) = (Labelled("test"), Labelled("val"));
        ImageListing[] listings = [train, .. new[] { test, validation }.OfType<ImageListing>()];
        var paths = listings.SelectMany(listing => listing.Paths).ToList();
        foreach (var path in paths.DistinctBy(Path.GetExtension))
        {
            decoders.Require(path);
        }

        var check = ImageCheck.Of(paths, decoders);
        var excuse = check.Excuse(options.SkipBad);
        var notices = listings.SelectMany(listing => listing.Empty).Select(Emptiness).Append(excuse).OfType<string>();
        var bad = check.Faults.Select(fault => fault.Key).ToHashSet(StringComparer.Ordinal);
        var size = options.ImageSize == 0 ? usualSize : options.ImageSize;
        var shape = new SampleShape(options.Channels ?? (coloured || check.Coloured ? 3 : 1), size, size);
        return new SourceSplits(
            Split("train", train),
            (test ?? validation) is { } reported ? Split("test", reported) : null,
            test is not null && validation is not null ? Split("validation", validation) : null
        )
        {
            Notices = [.. notices],
            Faults = [.. check.Faults.Select(fault => fault.Value)],
            Excuse = excuse,
        };

        // The test images of Tiny-ImageNet and ImageNet have no classes: such a folder does not count.
        ImageListing? Labelled(string sub)
        {
            var path = Path.Combine(folder, sub);
            return
                Directory.Exists(path)
                && (File.Exists(Path.Combine(path, "val_annotations.txt")) || ImageListing.Classes(path).Any(classes.Contains))
                ? ImageListing.Of(path, classes, decoders)
                : null;
        }

        ImageFolderDataSet Split(string split, ImageListing listing)
        {
            var good = listing.Without(bad);
            return new ImageFolderDataSet($"{name}/{split}", shape, good.Paths, good.Labels, classes, decoders, centreShare);
        }
    }

    private static string Emptiness(string folder) =>
        $"{folder} holds no images: its class is kept, without samples here. Put PNG or JPEG files into it, or remove the folder.";
}
