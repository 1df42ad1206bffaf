namespace NeuroTrails.Client.Report;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Value">The number behind it in full, for files; absent where the cell holds words.</param>
/// <param name="Bold">Whether it is better than all others with significance.</param>
internal readonly record struct Cell(string Text, double? Value = null, bool Bold = false)
{
    public const string Absent = "–";

    public static Cell Of(double? value, Func<double, string> text) => value is { } number ? new(text(number), number) : new(Absent);

    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A table: of figures, or behind a figure.</summary>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    // The corner is what the first column then names.
    public ReportTable Turned(string corner) =>
        new(
            [corner, .. Rows.Select(row => row[0].Text)],
            [.. Columns.Skip(1).Select((column, index) => (IReadOnlyList<Cell>)[column, .. Rows.Select(row => row[index + 1])])]
        );
}
