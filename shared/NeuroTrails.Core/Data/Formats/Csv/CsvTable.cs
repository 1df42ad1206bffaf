namespace NeuroTrails.Data;

/// <summary>A table of numbers with a class in each row.</summary>
/// <param name="Source">Name of the file.</param>
/// <param name="Delimiter">What separates cells.</param>
/// <param name="Names">Names of all columns, the class's included; null where there is no header.</param>
/// <param name="LabelColumn">Index of the class's column, from 0.</param>
/// <param name="Columns">Number of value columns D, at least 1.</param>
/// <param name="Values">Values, [N, D]; NaN where a cell has none.</param>
/// <param name="Labels">The class as it is written, [N].</param>
/// <param name="Lines">Line of the file on which each row begins, from 1, [N].</param>
/// <param name="Skipped">How many blank lines and comments were left out.</param>
internal sealed record CsvTable(
    string Source,
    char Delimiter,
    string[]? Names,
    int LabelColumn,
    int Columns,
    float[] Values,
    string[] Labels,
    int[] Lines,
    int Skipped
)
{
    // The most bytes: a guard against a file that is no table; optdigits has 65 columns, MNIST as csv 785.
    public const long Largest = 1_000_000_000;

    public int Rows => Labels.Length;

    public static CsvTable Load(string path, DataOptions options)
    {
        using var stream = DataFile.Open(path, DataFile.MostExpandedText);
        return Parse(DataFile.ReadToEnd(stream, Largest, path), path, options);
    }

    public static CsvTable Parse(byte[] file, string source, DataOptions options)
    {
        using var text = CsvText.Open(file, source);
        using var rows = new CsvRows(file, source, CsvDelimiter.Of(options.Delimiter, text));
        return new CsvTableReader(rows, source, options).Read();
    }

    public string Place(int row, int column) => $"{Source}, line {Lines[row]}, column {column + 1}{Name(column)}";

    public string[]? ValueNames => Names is null ? null : [.. Names.Where((_, column) => column != LabelColumn)];

    public int ColumnOf(int value) => value < LabelColumn ? value : value + 1;

    public string Note() =>
        $"{Path.GetFileName(Source)}: {Rows} row{(Rows == 1 ? "" : "s")} of {Columns} value{(Columns == 1 ? "" : "s")}, "
        + $"the class in column {LabelColumn + 1}{Name(LabelColumn)}, separated by {CsvDelimiter.NameOf(Delimiter)}s, "
        + (Names is null ? "no header" : "with a header")
        + (Skipped == 0 ? "" : $", {Skipped} blank line{(Skipped == 1 ? "" : "s")} or comment{(Skipped == 1 ? "" : "s")} left out");

    private string Name(int column) => Names is null ? "" : $" ('{Names[column]}')";
}
