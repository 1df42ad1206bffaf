namespace NeuroTrails.Data;

/// <summary>Samples without classes that a user brings: arrays, tables or images.</summary>
/// <param name="Data">The samples, divided by the run's scale; every label is 0.</param>
/// <param name="Names">Name of each sample, where it has one: the image file's.</param>
/// <param name="Notices">What was decided for the user, a sentence each.</param>
public sealed record InputSamples(IDataSet Data, IReadOnlyList<string>? Names, IReadOnlyList<string> Notices)
{
    private static readonly string[] Tables = [".csv", ".tsv"];

    /// <summary>Opens a file or a folder of images, in the form that its name says.</summary>
    /// <param name="path">A <c>.npy</c> or <c>.npz</c> file, a table (<c>.csv</c>, <c>.tsv</c>), an image, or a folder of images; all but
    /// images also with <c>.gz</c> behind it.</param>
    /// <param name="record">What the run was made from.</param>
    /// <param name="options">How the run reads tables.</param>
    /// <param name="scale">What the values of arrays and tables are divided by.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="UserErrorException">It is missing, damaged, of an unknown form, or holds samples of another shape.</exception>
    public static InputSamples Open(string path, DataRecord record, DataOptions options, double scale)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(options);
        if (Directory.Exists(path))
        {
            return ImageInput.Folder(path, record);
        }

        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        var extension = Path.GetExtension(name).ToLowerInvariant();
        return extension switch
        {
            ".npy" => new(NpySamples.Unlabelled(path, NpyArray.Load(path), record.SampleShape, scale), null, []),
            ".npz" => Archive(path, record, scale),
            _ when Tables.Contains(extension) => CsvInput.Read(path, record, options, (float)scale),
            _ when ImageInput.IsImage(path) => ImageInput.Single(path, record),
            _ => throw new UserErrorException(
                $"{path}: its name does not say what it is; expected .npy, .npz, {string.Join(", ", Tables)}, an image, or a folder of "
                    + "images. Point --data (data.path) at such samples."
            ),
        };
    }

    /// <summary>Values of some samples, [N, …] in C order.</summary>
    /// <param name="start">Index of the first.</param>
    /// <param name="count">How many.</param>
    public float[] Read(int start, int count)
    {
        var length = Data.Shape.Length;
        var values = new float[checked(count * length)];
        BatchFiller.Fill(Data, count, (i, _) => Data.Read(start + i, values.AsSpan(i * length, length)));
        return values;
    }

    private static InputSamples Archive(string path, DataRecord record, double scale)
    {
        string[] usual = ["x", "samples", "images", "x_test", "test_images"];
        var names = NpzFile.Names(path);
        var wanted =
            names.Count == 1
                ? names[0]
                : usual.FirstOrDefault(names.Contains)
                    ?? throw DataError.Damaged(
                        path,
                        $"the arrays {string.Join(", ", names)}",
                        $"one array, or one called {string.Join(", ", usual)}"
                    );
        var samples = NpySamples.Unlabelled(path, NpzFile.Load(path, [wanted])[wanted], record.SampleShape, scale);
        return new(samples, null, names.Count == 1 ? [] : [$"{Path.GetFileName(path)}: the samples are the array {wanted}"]);
    }
}
