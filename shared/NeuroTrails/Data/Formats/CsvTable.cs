using System.Globalization;
using System.Text;

namespace NeuroTrails.Data;

/// <summary>Numbers separated by commas, the class in the last column; a first line that is not numbers is a header.</summary>
/// <param name="Columns">Number of value columns D, at least 1.</param>
/// <param name="Values">Values, [N, D].</param>
/// <param name="Labels">Labels, [N].</param>
internal sealed record CsvTable(int Columns, float[] Values, int[] Labels)
{
    // A guard against a file that is no table; optdigits has 65 columns, MNIST as csv 785.
    private const long Largest = 1_000_000_000;

    /// <summary>Reads a file, gzip or plain.</summary>
    /// <exception cref="UserErrorException">The file is missing or no such table.</exception>
    public static CsvTable Load(string path)
    {
        using var stream = DataFile.Open(path);
        return Parse(DataFile.ReadToEnd(stream, Largest, path), path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="UserErrorException">They are no such table.</exception>
    public static CsvTable Parse(byte[] file, string source)
    {
        var (values, labels) = (new List<float>(), new List<int>());
        var (columns, number) = (0, 0);
        foreach (var line in Encoding.UTF8.GetString(file).AsSpan().EnumerateLines())
        {
            number++;
            var text = line.Trim();
            if (text.IsEmpty || (columns == 0 && number == 1 && IsHeader(text)))
            {
                continue;
            }

            var found = Row(text, values, labels, $"{source}, line {number}");
            columns = columns == 0 ? found : columns;
            if (found != columns)
            {
                throw DataError.Damaged(source, $"{found + 1} columns in line {number}", $"{columns + 1} as before");
            }
        }

        return labels.Count > 0 ? new CsvTable(columns, [.. values], [.. labels]) : throw DataError.Damaged(source, "no rows", "numbers separated by commas, the class last");
    }

    private static bool IsHeader(ReadOnlySpan<char> text) =>
        !double.TryParse(text[..(text.IndexOf(',') is var comma && comma < 0 ? text.Length : comma)], NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static int Row(ReadOnlySpan<char> text, List<float> values, List<int> labels, string place)
    {
        var count = 0;
        while (text.IndexOf(',') is var comma && comma >= 0)
        {
            if (!float.TryParse(text[..comma], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                throw DataError.Damaged(place, $"'{Shown(text[..comma])}'", "a number");
            }

            values.Add(value);
            count++;
            text = text[(comma + 1)..];
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var label) || count == 0)
        {
            throw DataError.Damaged(place, $"'{Shown(text)}' in the last of {count + 1} columns", "values, then a class number from 0");
        }

        labels.Add(label);
        return count;
    }

    private static string Shown(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, 20)].ToString();
}
