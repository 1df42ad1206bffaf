namespace NeuroTrails.Data;

/// <summary>Sets in two tables.</summary>
internal static class CsvEntry
{
    // Its files are known, whatever is set for tables of one's own.
    private static readonly DataOptions Known = new();

    public static DataSetEntry Any { get; } =
        new(
            "csv",
            "train.csv of your own, and test.csv: numbers and a class in each row",
            (folder, options, _) =>
            {
                var held = Path.Combine(folder, "test.csv");
                var (train, test) = (
                    CsvTable.Load(Path.Combine(folder, "train.csv"), options),
                    File.Exists(held) ? CsvTable.Load(held, options) : null
                );
                return Splits("csv", SampleShape.Vector(train.Columns), train, test);
            }
        )
        {
            Marks = ["train.csv"],
            ManualSteps =
            [
                "The folder needs train.csv, and test.csv if you have it: numbers separated by commas, semicolons or tabs, a header line "
                    + "or none,",
                "the class (a number from 0, or a name) in the last column or the one that data.label_column names.",
            ],
        };

    public static DataSetEntry Optdigits { get; } =
        new(
            "optdigits",
            "3,823 + 1,797 handwritten digits, 1x8x8",
            (folder, _, _) =>
            {
                var (train, test) = (
                    CsvTable.Load(Path.Combine(folder, "optdigits.tra"), Known),
                    CsvTable.Load(Path.Combine(folder, "optdigits.tes"), Known)
                );
                return Splits("optdigits", new SampleShape(1, 8, 8), train, test, scale: 16) with { Notices = [] };
            }
        )
        {
            Marks = ["optdigits.tra"],
            Subfolders = ["optdigits"],
            ManualSteps =
            [
                "Put optdigits.tra and optdigits.tes from https://archive.ics.uci.edu/dataset/80 (optical recognition of handwritten "
                    + "digits) into that folder.",
            ],
        };

    private static SourceSplits Splits(string name, SampleShape shape, CsvTable train, CsvTable? test, float scale = 1)
    {
        if (test is not null)
        {
            Alike(train, test);
        }

        var labels = CsvLabels.Of(train, test);
        var filled = CsvGaps.Fill(train, test);
        var notes = new[] { train.Note(), test?.Note() }.OfType<string>();
        return new SourceSplits(Split("train", train, labels.Train), test is null ? null : Split("test", test, labels.Test))
        {
            Scale = scale,
            Columns = train.ValueNames is { } names && names.Distinct().Count() == names.Length ? names : null,
            Notices =
                filled == 0
                    ? [.. notes]
                    : [.. notes, $"cells without a value that took the mean of their column in {Path.GetFileName(train.Source)}: {filled}"],
        };

        FloatDataSet Split(string split, CsvTable table, int[] numbers) =>
            table.Columns == shape.Length
                ? new(
                    $"{name}/{split}",
                    shape,
                    Array.ConvertAll(table.Values, value => value / scale),
                    numbers,
                    labels.Classes,
                    labels.Names
                )
                : throw DataError.Damaged(table.Source, $"{table.Columns} value columns", $"{shape.Length}");
    }

    private static void Alike(CsvTable train, CsvTable test)
    {
        if (train.Columns != test.Columns)
        {
            throw DataError.Damaged(test.Source, $"{test.Columns + 1} columns", $"{train.Columns + 1} as in {train.Source}");
        }

        if (train.Names is { } names && test.Names is { } others && !names.SequenceEqual(others))
        {
            var first = names.Zip(others).TakeWhile(pair => pair.First == pair.Second).Count();
            throw DataError.Damaged(
                test.Source,
                $"column {first + 1} is called '{others[first]}'",
                $"'{names[first]}' as in {train.Source}"
            );
        }

        if (train.LabelColumn != test.LabelColumn)
        {
            throw DataError.Damaged(
                test.Source,
                $"the class in column {test.LabelColumn + 1}",
                $"column {train.LabelColumn + 1} as in {train.Source}"
            );
        }
    }
}
