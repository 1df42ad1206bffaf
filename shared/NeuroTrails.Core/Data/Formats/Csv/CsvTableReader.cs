namespace NeuroTrails.Data;

/// <summary>Makes a table of rows; every row becomes a sample or an error that names line and column.</summary>
internal sealed class CsvTableReader(CsvRows rows, string source, DataOptions options)
{
    private readonly List<float> values = [];
    private readonly List<string> labels = [];
    private readonly List<int> lines = [];

    // A class is kept once, however many rows are of it.
    private readonly HashSet<string> words = [];
    private string[]? names;

    public CsvTable Read()
    {
        if (!rows.Read())
        {
            throw Empty("the file is empty");
        }

        var (columns, first) = (rows.Count, rows.Line);
        if (columns == 1)
        {
            throw rows.Fault(
                1,
                $"one column ({CsvCell.Shown(rows[0])})",
                "values and a class, separated by commas, semicolons or tabs (data.delimiter)"
            );
        }

        var cells = rows.Cells();
        names = IsHeader(options.Header, cells) ? Array.ConvertAll(cells, cell => cell.ReplaceLineEndings(" ")) : null;
        var label = CsvLabelColumn.Find(options.LabelColumn, names, columns, source);
        if (names is not null && !rows.Read())
        {
            throw Empty("a header and no rows (set data.header=no if its one line is a sample)");
        }

        do
        {
            if (rows.Count != columns)
            {
                // A quote that is not closed takes cells in, and is the better reason.
                _ = rows.Cells();
                throw rows.Fault(
                    Math.Min(rows.Count, columns) + 1,
                    $"a row of {rows.Count} cell{(rows.Count == 1 ? "" : "s")}",
                    $"{columns} as in line {first}, separated by {CsvDelimiter.NameOf(rows.Delimiter)}s (data.delimiter)"
                );
            }

            Add(columns, label);
        } while (rows.Read());
        return new(source, rows.Delimiter, names, label, columns - 1, [.. values], [.. labels], [.. lines], rows.Skipped);
    }

    // Whether the first row names the columns. Its first cell may be empty in a header: pandas writes its index so.
    public static bool IsHeader(string option, string[] cells) =>
        option == "auto"
            ? cells.Index().All(cell => !CsvCell.IsNumber(cell.Item) && (!CsvCell.IsMissing(cell.Item) || cell is { Index: 0, Item: "" }))
            : option == "yes";

    private void Add(int columns, int label)
    {
        for (var column = 0; column < columns; column++)
        {
            var cell = rows[column];
            if (column == label)
            {
                labels.Add(Label(cell, column));
            }
            else
            {
                values.Add(CsvCell.TryRead(cell, out var value) ? value : NoNumber(cell, column));
            }
        }

        lines.Add(rows.Line);
    }

    private string Label(string cell, int column)
    {
        if (CsvCell.IsMissing(cell))
        {
            throw rows.Fault(column + 1, $"{Called(column)}no class ({CsvCell.Shown(cell)})", "a class in every row");
        }

        if (cell.AsSpan().ContainsAny('\r', '\n'))
        {
            throw rows.Fault(
                column + 1,
                $"{Called(column)}the class {CsvCell.Shown(cell)} over two lines",
                "a class on one line (a quote may be missing)"
            );
        }

        words.Add(cell);
        return words.TryGetValue(cell, out var kept) ? kept : cell;
    }

    private float NoNumber(string cell, int column)
    {
        if (CsvCell.IsMissing(cell))
        {
            return options.Missing == "mean"
                ? float.NaN
                : throw rows.Fault(
                    column + 1,
                    $"{Called(column)}no value ({CsvCell.Shown(cell)})",
                    "a number, or data.missing=mean to put the column's mean there"
                );
        }

        throw CsvCell.IsNumber(cell)
            ? rows.Fault(column + 1, $"{Called(column)}{CsvCell.Shown(cell)}", "a finite number")
            : rows.Fault(
                column + 1,
                $"{Called(column)}{CsvCell.Shown(cell)} is no number",
                "numbers with a decimal point; write a column of text as numbers, such as one column of 0 and 1 for each of its words"
                    + (lines.Count == 0 && names is null ? "; if this row names the columns, set data.header=yes" : "")
            );
    }

    private string Called(int column) => names is null ? "" : $"'{names[column]}': ";

    private UserErrorException Empty(string seen) => rows.Fault(1, seen, "rows of numbers and a class");
}
