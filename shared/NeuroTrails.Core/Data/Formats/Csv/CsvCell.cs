using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>What the text of a cell stands for.</summary>
internal static class CsvCell
{
    private static readonly string[] Missing = ["", "?", "NA", "N/A", "NaN", "null"];

    public static bool IsMissing(string cell) => Missing.Contains(cell, StringComparer.OrdinalIgnoreCase);

    // Whether it is a number, a value that is not finite included.
    public static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    public static bool TryRead(string cell, out float value) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    public static string Shown(string cell) => $"'{(cell.Length > 24 ? cell[..24] + "…" : cell).ReplaceLineEndings(" ")}'";
}
