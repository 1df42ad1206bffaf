namespace NeuroTrails.Client.Cli;

/// <summary>Writes commands that can be pasted into a shell as they are.</summary>
internal static class ShellText
{
    /// <summary>A word as the shell must be given it.</summary>
    /// <param name="word">A path or a value.</param>
    /// <returns>The word itself where it needs no quotes.</returns>
    public static string Quote(string word)
    {
        // What begins with a hyphen would be read as an option.
        var safe = word.StartsWith('-') ? "./" + word : word;
        return safe.Length > 0 && safe.All(letter => char.IsLetterOrDigit(letter) || "/._-=".Contains(letter, StringComparison.Ordinal))
            ? safe
            : $"'{safe.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>The command that goes on with a run.</summary>
    /// <param name="run">Its folder.</param>
    public static string Resume(string run) => $"./neurotrails train --resume {Quote(run)}";
}
