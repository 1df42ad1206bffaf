namespace NeuroTrails.Data;

/// <summary>Sets in the four files of MNIST.</summary>
internal static class IdxEntry
{
    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    private static readonly string[] Clothes =
    [
        "t-shirt",
        "trouser",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    ];

    public static DataSetEntry Any { get; } =
        new("idx", "idx files of your own, named as those of MNIST", (folder, _, _) => Open("idx", folder, 0, null))
        {
            Marks = ["train-images*ubyte*"],
            ManualSteps =
            [
                "The folder needs train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, "
                    + "each plain or .gz.",
            ],
        };

    public static DataSetEntry Mnist { get; } =
        Known("mnist", "60,000 + 10,000 handwritten digits, 1x28x28", Digits, new([0.1307f], [0.3081f]), KnownDownloads.Mnist, "MNIST/raw");

    public static DataSetEntry Fashion { get; } =
        Known(
            "fashion-mnist",
            "60,000 + 10,000 pieces of clothing, 1x28x28",
            Clothes,
            new([0.2860f], [0.3530f]),
            KnownDownloads.FashionMnist,
            "FashionMNIST/raw"
        );

    private static DataSetEntry Known(
        string name,
        string summary,
        string[] classes,
        Normalisation constants,
        IReadOnlyList<RemoteFile> downloads,
        string torchvision
    ) =>
        new(name, summary, (folder, _, _) => Open(name, folder, classes.Length, classes))
        {
            Constants = constants,
            Marks = ["train-images*ubyte*"],
            Subfolders = [name, torchvision, "raw"],
            Downloads = downloads,
            ManualSteps = ManualSteps.For(downloads),
        };

    private static SourceSplits Open(string name, string folder, int classes, IReadOnlyList<string>? names)
    {
        var train = Split(name, "train", folder, "train", classes, names);
        return new SourceSplits(train, Split(name, "test", folder, "t10k", train.Classes, names));
    }

    private static IDataSet Split(string name, string split, string folder, string prefix, int classes, IReadOnlyList<string>? names) =>
        IdxDataSet.Load($"{name}/{split}", Find(folder, $"{prefix}-images", 3), Find(folder, $"{prefix}-labels", 1), classes, names);

    // Unpackers disagree about the dot: train-images-idx3-ubyte and train-images.idx3-ubyte are both about.
    private static string Find(string folder, string stem, int rank)
    {
        string[] names = [$"{stem}-idx{rank}-ubyte", $"{stem}.idx{rank}-ubyte", $"{stem}-idx{rank}-ubyte.gz", $"{stem}.idx{rank}-ubyte.gz"];
        return names.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw DataError.Damaged(folder, $"no {names[0]}", $"{names[0]}, plain or .gz");
    }
}
