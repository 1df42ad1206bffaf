namespace NeuroTrails.Data;

/// <summary>What separates the cells of a table.</summary>
internal static class CsvDelimiter
{
    // Where two are equally frequent the later ones more often stand within cells: decimal commas, and commas in names.
    private static readonly (string Name, char Sign)[] Known = [("tab", '\t'), ("semicolon", ';'), ("comma", ',')];

    // The separator that is named, or the one that the first row has most of.
    public static char Of(string option, TextReader text) =>
        option == "auto" ? Find(text) : Known.First(known => known.Name == option).Sign;

    public static string NameOf(char sign) => Known.First(known => known.Sign == sign).Name;

    private static char Find(TextReader text)
    {
        var counts = new int[Known.Length];
        var quoted = false;
        for (var at = SkipToFirstRow(text); at >= 0 && (quoted || at is not ('\r' or '\n')); at = text.Read())
        {
            quoted ^= at == '"';
            if (!quoted && Array.FindIndex(Known, known => known.Sign == at) is var found and >= 0)
            {
                counts[found]++;
            }
        }

        return counts.Max() == 0 ? ',' : Known[Array.IndexOf(counts, counts.Max())].Sign;
    }

    private static int SkipToFirstRow(TextReader text)
    {
        while (true)
        {
            var at = text.Read();
            if (at == '#')
            {
                text.ReadLine();
            }
            else if (at is not ('\r' or '\n' or ' '))
            {
                return at;
            }
        }
    }
}
