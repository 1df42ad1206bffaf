namespace NeuroTrails.Client.Cli;

/// <summary>Writes commands that can be pasted into a shell as they are.</summary>
internal static class ShellText
{
    /// <summary>How the messages of the rooms below call the program.</summary>
    public const string Usual = "./neurotrails";

    /// <summary>How the program was called, which is how it can be called again from the same folder; the launcher says so.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("NEUROTRAILS_LAUNCHER") is { Length: > 0 } launcher ? Quote(launcher) : Usual;

    /// <summary>A word as the shell must be given it.</summary>
    /// <param name="word">A path or a value.</param>
    /// <returns>The word itself where it needs no quotes.</returns>
    public static string Quote(string word)
    {
        // What begins with a hyphen would be read as an option.
        var safe = word.StartsWith('-') ? "./" + word : word;
        return
            safe.Length > 0 && safe.All(letter => char.IsLetterOrDigit(letter) || "/._-=:,+@%".Contains(letter, StringComparison.Ordinal))
            ? safe
            : $"'{safe.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A command line.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="words">Its words, not quoted yet.</param>
    public static string Command(string verb, params IEnumerable<string> words) =>
        string.Join(' ', [Program, verb, .. words.Select(word => word.StartsWith("--", StringComparison.Ordinal) ? word : Quote(word))]);

    /// <summary>The command that goes on with a run.</summary>
    /// <param name="run">Its folder.</param>
    public static string Resume(string run) => Command("train", "--resume", run);
}
