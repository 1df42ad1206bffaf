namespace NeuroTrails.Client.Report;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Value">The number behind it in full, for files; absent where the cell holds words.</param>
/// <param name="Bold">Whether it is better than all others with significance.</param>
internal readonly record struct Cell(string Text, double? Value = null, bool Bold = false)
{
    /// <summary>What is shown where nothing is known.</summary>
    public const string Absent = "–";

    /// <summary>A number; a dash where there is none.</summary>
    public static Cell Of(double? value, Func<double, string> text) => value is { } number ? new(text(number), number) : new(Absent);

    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A table: of figures, or behind a figure.</summary>
/// <param name="Columns">Heads of the columns; the first names the rows.</param>
/// <param name="Rows">As many cells as columns each.</param>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    /// <summary>Columns as rows.</summary>
    /// <param name="corner">What the first column then names.</param>
    public ReportTable Turned(string corner) =>
        new(
            [corner, .. Rows.Select(row => row[0].Text)],
            [.. Columns.Skip(1).Select((column, index) => (IReadOnlyList<Cell>)[column, .. Rows.Select(row => row[index + 1])])]
        );
}
