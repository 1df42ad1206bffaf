namespace NeuroTrails.Data;

/// <summary>Data of the user's own as numpy arrays: one npz, or npy files of the same names.</summary>
internal static class NpyEntry
{
    // The names that keras and MedMNIST use.
    private static readonly (string Images, string Labels)[] Train = [("x_train", "y_train"), ("train_images", "train_labels")];
    private static readonly (string Images, string Labels)[] Test = [("x_test", "y_test"), ("test_images", "test_labels")];
    private static readonly (string Images, string Labels)[] Validation = [("x_val", "y_val"), ("val_images", "val_labels")];

    public static DataSetEntry Any { get; } =
        new(
            "npy",
            "numpy arrays of your own: x_train, y_train, and x_test, y_test, in one .npz or as .npy files",
            (folder, options, _) => Open(folder, options)
        )
        {
            Marks = ["*.npz", "x_train.npy*", "train_images.npy*"],
            ManualSteps =
            [
                "The folder needs one .npz with x_train and y_train, x_test and y_test, x_val and y_val as far as you have them (or "
                    + "train_images, train_labels, and so on),",
                "or .npy files of these names. Images [N, H, W], [N, C, H, W], [N, H, W, C] or vectors [N, D]; labels [N], whole numbers "
                    + "from 0.",
            ],
        };

    private static SourceSplits Open(string folder, DataOptions options)
    {
        var (names, load) = Find(folder);
        var train = Pick(Train) ?? throw Missing("x_train and y_train");
        var (test, validation) = (Whole(Test), Whole(Validation));

        // Nothing else: names of classes, or whatever lies beside the arrays, may be of any kind.
        var chosen = new[] { train, test ?? train, validation ?? train }.Distinct();
        var arrays = load([.. chosen.SelectMany(pair => new[] { pair.Images, pair.Labels })]);
        var classes = Math.Max(Highest(arrays[train.Labels]), test is { } tested ? Highest(arrays[tested.Labels]) : 0) + 1;
        var scale = options.Scale ?? NpySamples.UsualScale(arrays[train.Images]);
        return new SourceSplits(Split("train", train), Other("test", test), Other("validation", validation)) { Scale = scale };

        (string Images, string Labels)? Pick((string Images, string Labels)[] pairs) =>
            pairs
                .Where(pair => names.Contains(pair.Images) && names.Contains(pair.Labels))
                .Select(pair => ((string, string)?)pair)
                .FirstOrDefault();

        // One without the other is rather a name that was mistyped than a split that there is not.
        (string Images, string Labels)? Whole((string Images, string Labels)[] pairs) =>
            Pick(pairs)
            ?? (
                pairs.FirstOrDefault(pair => names.Contains(pair.Images) != names.Contains(pair.Labels))
                    is { Images: { } images, Labels: { } labels }
                    ? throw Missing($"{images} and {labels}, or neither")
                    : null
            );

        IDataSet? Other(string split, (string Images, string Labels)? pair) => pair is { } named ? Split(split, named) : null;

        IDataSet Split(string split, (string Images, string Labels) pair) =>
            NpySamples.Labelled($"npy/{split}", arrays[pair.Images], arrays[pair.Labels], classes, scale);

        UserErrorException Missing(string wanted) => DataError.Damaged(folder, $"arrays {string.Join(", ", names)}", wanted);
    }

    // Labels that are no numbers are reported where they are read; here they count as one class.
    private static int Highest(NpyArray labels) =>
        (int)Math.Clamp(labels.ToSingles().Where(float.IsFinite).DefaultIfEmpty().Max(), 0, int.MaxValue / 2);

    private static (IReadOnlyCollection<string> Names, Func<string[], IReadOnlyDictionary<string, NpyArray>> Load) Find(string folder)
    {
        var archives = Directory.GetFiles(folder, "*.npz");
        if (archives.Length > 1)
        {
            throw DataError.Damaged(folder, $"{archives.Length} .npz files", "one");
        }

        if (archives.Length == 1)
        {
            return (NpzFile.Names(archives[0]), wanted => NpzFile.Load(archives[0], wanted));
        }

        var paths = Directory
            .EnumerateFiles(folder, "*.npy*")
            .Where(path => path.EndsWith(".npy", StringComparison.Ordinal) || path.EndsWith(".npy.gz", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .DistinctBy(Stem)
            .ToDictionary(Stem, StringComparer.Ordinal);
        return (paths.Keys, wanted => wanted.ToDictionary(name => name, name => NpyArray.Load(paths[name]), StringComparer.Ordinal));
    }

    private static string Stem(string path) => Path.GetFileName(path).Split('.')[0];
}
