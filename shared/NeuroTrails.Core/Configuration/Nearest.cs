namespace NeuroTrails.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Nearest
{
    // The known word that is nearest to what was typed, or null where none is near enough to be worth a guess.
    public static string? To(string typed, IEnumerable<string> known)
    {
        var best = known
            .Select(word => (word, distance: Distance(typed.ToLowerInvariant(), word.ToLowerInvariant())))
            .OrderBy(candidate => candidate.distance)
            .ThenBy(candidate => candidate.word, StringComparer.Ordinal)
            .FirstOrDefault((word: string.Empty, distance: int.MaxValue));
        // A guess that shares less than half of its letters with the word would only confuse.
        return best.distance <= Math.Max(2, Math.Min(typed.Length, best.word.Length) / 2) && best.distance < best.word.Length
            ? best.word
            : null;
    }

    // A phrase that can follow a complaint: ; did you mean `density`?, or nothing.
    public static string Guess(string typed, IEnumerable<string> known) =>
        To(typed, known) is { } word ? $"; did you mean `{word}`?" : string.Empty;

    // Insertions, deletions, replacements and swaps of neighbours that turn one text into the other (optimal string alignment).
    public static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replace, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }
}
