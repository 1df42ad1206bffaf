namespace NeuroTrails.Data;

/// <summary>A table that a user brings: the columns of training, in any order where a header names
/// them, with or without the class.</summary>
internal static class CsvInput
{
    public static InputSamples Read(string path, DataRecord record, DataOptions options, float scale)
    {
        using var stream = DataFile.Open(path, DataFile.MostExpandedText);
        var file = DataFile.ReadToEnd(stream, CsvTable.Largest, path);
        using var text = CsvText.Open(file, path);
        using var rows = new CsvRows(file, path, CsvDelimiter.Of(options.Delimiter, text));
        if (!rows.Read())
        {
            throw rows.Fault(1, "the file is empty", "rows of numbers");
        }

        var first = rows.Cells();
        var names = CsvTableReader.IsHeader(options.Header, first) ? Array.ConvertAll(first, cell => cell.ReplaceLineEndings(" ")) : null;
        var (columns, notice) = Columns(path, record, options, names, first.Length, rows);
        if (names is not null && !rows.Read())
        {
            throw rows.Fault(1, "a header and no rows (set data.header=no if its one line is a sample)", "rows of numbers");
        }

        var values = new List<float>();
        do
        {
            if (rows.Count != first.Length)
            {
                _ = rows.Cells();
                throw rows.Fault(
                    Math.Min(rows.Count, first.Length) + 1,
                    $"a row of {rows.Count} cell{(rows.Count == 1 ? "" : "s")}",
                    $"{first.Length} as in the first one"
                );
            }

            for (var value = 0; value < columns.Length; value++)
            {
                values.Add(Value(rows, columns[value], value, names, record, options) / scale);
            }
        } while (rows.Read());
        var count = values.Count / columns.Length;
        return new(
            new FloatDataSet(path, record.SampleShape, [.. values], new int[count], 1),
            null,
            notice is null ? [] : [$"{Path.GetFileName(path)}: {notice}"]
        );
    }

    private static (int[] Columns, string? Notice) Columns(
        string path,
        DataRecord record,
        DataOptions options,
        string[]? names,
        int found,
        CsvRows rows
    )
    {
        var wanted = record.SampleShape.Length;
        if (names is not null && record.Columns is { } known)
        {
            var places = known.Select(name => Array.IndexOf(names, name)).ToArray();
            if (Array.IndexOf(places, -1) is var missing and >= 0)
            {
                throw rows.Fault(
                    1,
                    $"no column '{known[missing]}' among {string.Join(", ", names)}",
                    $"the columns that the run was trained on: {string.Join(", ", known)}"
                );
            }

            if (known.FirstOrDefault(name => names.Count(other => other == name) > 1) is { } twice)
            {
                throw rows.Fault(Array.LastIndexOf(names, twice) + 1, $"a second column '{twice}'", "each column once");
            }

            var others = names.Except(known).ToList();
            return (
                places,
                others.Count == 0 ? null : $"columns that the run was not trained on and that are left out: {string.Join(", ", others)}"
            );
        }

        if (found == wanted)
        {
            return ([.. Enumerable.Range(0, wanted)], null);
        }

        if (found == wanted + 1)
        {
            var label = CsvLabelColumn.Find(options.LabelColumn, names, found, path);
            var called = names is null ? string.Empty : $" ('{names[label]}')";
            return (
                [.. Enumerable.Range(0, found).Where(column => column != label)],
                $"column {label + 1}{called} is taken for the class and left out"
            );
        }

        throw rows.Fault(
            1,
            $"{found} column{(found == 1 ? "" : "s")}",
            $"{wanted} values a row, or {wanted + 1} cells with the class (data.delimiter says what separates them)"
        );
    }

    private static float Value(CsvRows rows, int column, int value, string[]? names, DataRecord record, DataOptions options)
    {
        var cell = rows[column];
        if (CsvCell.TryRead(cell, out var number))
        {
            return number;
        }

        // Training put the mean of the column there, which is what its normalisation takes away.
        if (
            CsvCell.IsMissing(cell)
            && options is { Missing: "mean", Normalise: "auto", Mean: null }
            && record is { Mean: { } means, Scale: 1 }
            && means.Count == record.SampleShape.Length
        )
        {
            return means[value];
        }

        var called = names is null ? string.Empty : $"'{names[column]}': ";
        throw rows.Fault(column + 1, $"{called}{CsvCell.Shown(cell)} is no number", "a number with a decimal point");
    }
}
