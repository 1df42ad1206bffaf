namespace NeuroTrails.Client.Display;

/// <summary>Lays parts out in lines as a text flows: nothing is cut, whatever does not fit goes on in the next line.</summary>
internal static class Flow
{
    private const string Gap = "  ";

    public static IEnumerable<string> Lines(IReadOnlyList<string> parts, int width)
    {
        var line = string.Empty;
        foreach (var part in parts.SelectMany(part => Ink.Length(part) <= width ? [part] : Fold(part, Math.Max(1, width))))
        {
            if (line.Length > 0 && Ink.Length(line) + Gap.Length + Ink.Length(part) > width)
            {
                yield return line;
                line = part;
            }
            else
            {
                line = line.Length == 0 ? part : line + Gap + part;
            }
        }

        yield return line;
    }

    // Folds a text at blanks, and within a word only where the word alone is too long.
    public static IReadOnlyList<string> Fold(string text, int width)
    {
        var rows = new List<string> { string.Empty };
        foreach (var word in text.Split(' ').SelectMany(word => Words(word, width)))
        {
            if (rows[^1].Length > 0 && Ink.Length(rows[^1]) + 1 + Ink.Length(word) > width)
            {
                rows.Add(word);
            }
            else
            {
                rows[^1] = rows[^1].Length == 0 ? word : $"{rows[^1]} {word}";
            }
        }

        return rows;
    }

    // Colour would be cut in two, so what is cut has none.
    private static IEnumerable<string> Words(string word, int width) =>
        Ink.Length(word) <= width ? [word] : Ink.Plain(word).Chunk(width).Select(letters => new string(letters));
}
