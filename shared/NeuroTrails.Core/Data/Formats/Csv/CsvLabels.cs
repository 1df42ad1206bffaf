using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>The classes of two tables as numbers: those that are written, or the places of names in ordinal order.</summary>
internal sealed record CsvLabels(int[] Train, int[] Test, int Classes, string[]? Names)
{
    // A network's last layer has a row for each class.
    private const int Most = 1_000_000;

    // Numbers where every training row has one, else names.
    public static CsvLabels Of(CsvTable train, CsvTable? test)
    {
        if (train.Labels.All(CsvCell.IsNumber))
        {
            var (learnt, tested) = (Numbers(train), test is null ? [] : Numbers(test));
            return new(learnt, tested, learnt.Concat(tested).Max() + 1, null);
        }

        string[] names = [.. train.Labels.Distinct().Order(StringComparer.Ordinal)];
        var numbers = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        return new(Places(train, numbers), test is null ? [] : Places(test, numbers), names.Length, names);
    }

    private static int[] Numbers(CsvTable table) =>
        [
            .. table.Labels.Select(
                (label, row) =>
                    double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number >= 0
                    && number < Most
                    && number == Math.Floor(number)
                        ? (int)number
                        : throw Fault(
                            table,
                            row,
                            $"a whole number from 0 to {Most - 1} (data.label_column says which column holds the class)"
                        )
            ),
        ];

    private static int[] Places(CsvTable table, Dictionary<string, int> numbers) =>
        [
            .. table.Labels.Select(
                (label, row) =>
                    numbers.TryGetValue(label, out var number)
                        ? number
                        : throw Fault(table, row, $"a class that train.csv has, such as {CsvCell.Shown(numbers.First().Key)}")
            ),
        ];

    private static UserErrorException Fault(CsvTable table, int row, string expected) =>
        DataError.Damaged(table.Place(row, table.LabelColumn), $"the class {CsvCell.Shown(table.Labels[row])}", expected);
}
