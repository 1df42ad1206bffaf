using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>What the text of a cell stands for.</summary>
internal static class CsvCell
{
    private static readonly string[] Missing = ["", "?", "NA", "N/A", "NaN", "null"];

    /// <summary>Whether it says that there is no value.</summary>
    public static bool IsMissing(string cell) => Missing.Contains(cell, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is a number, a value that is not finite included.</summary>
    public static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>Reads a finite number.</summary>
    public static bool TryRead(string cell, out float value) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    /// <summary>A cell in quotes for messages, on one line and not too long.</summary>
    public static string Shown(string cell) => $"'{(cell.Length > 24 ? cell[..24] + "…" : cell).ReplaceLineEndings(" ")}'";
}
