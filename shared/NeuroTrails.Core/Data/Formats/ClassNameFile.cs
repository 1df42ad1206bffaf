using System.Text;

namespace NeuroTrails.Data;

/// <summary>Class names, one a line.</summary>
internal static class ClassNameFile
{
    // Reads exactly as many names as there are classes; blank lines do not count.
    public static IReadOnlyList<string> Parse(byte[] text, int classes, string source)
    {
        var names = Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == classes ? names : throw DataError.Damaged(source, $"{names.Length} class names", $"{classes}, one a line");
    }
}
