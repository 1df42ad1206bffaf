namespace NeuroTrails.Data;

/// <summary>Sets in two tables.</summary>
internal static class CsvEntry
{
    /// <summary>Data of the user's own in train.csv and test.csv.</summary>
    public static DataSetEntry Any { get; } = new("csv", "train.csv and test.csv of your own: numbers, the class last", (folder, _, _) =>
    {
        var (train, test) = (CsvTable.Load(Path.Combine(folder, "train.csv")), CsvTable.Load(Path.Combine(folder, "test.csv")));
        return Splits("csv", SampleShape.Vector(train.Columns), train, test, Math.Max(train.Labels.Max(), test.Labels.Max()) + 1, scale: 1, null);
    })
    {
        Marks = ["train.csv"],
        ManualSteps = ["The folder needs train.csv and test.csv: numbers separated by commas, the class (from 0) in the last column, a header line or none."],
    };

    /// <summary>Optdigits: 3,823 + 1,797 digits, 1×8×8, values 0 to 16.</summary>
    public static DataSetEntry Optdigits { get; } = new("optdigits", "3,823 + 1,797 handwritten digits, 1x8x8", (folder, _, _) =>
    {
        var (train, test) = (CsvTable.Load(Path.Combine(folder, "optdigits.tra")), CsvTable.Load(Path.Combine(folder, "optdigits.tes")));
        return Splits("optdigits", new SampleShape(1, 8, 8), train, test, 10, scale: 16, null);
    })
    {
        Marks = ["optdigits.tra"],
        Subfolders = ["optdigits"],
        ManualSteps = ["Put optdigits.tra and optdigits.tes from https://archive.ics.uci.edu/dataset/80 (optical recognition of handwritten digits) into that folder."],
    };

    private static SourceSplits Splits(string name, SampleShape shape, CsvTable train, CsvTable test, int classes, float scale, IReadOnlyList<string>? names)
    {
        return new SourceSplits(Split("train", train), Split("test", test));

        FloatDataSet Split(string split, CsvTable table)
        {
            if (table.Columns != shape.Length)
            {
                throw DataError.Damaged($"{name}/{split}", $"{table.Columns} value columns", $"{shape.Length}");
            }

            return new FloatDataSet($"{name}/{split}", shape, Array.ConvertAll(table.Values, value => value / scale), table.Labels, classes, names);
        }
    }
}
