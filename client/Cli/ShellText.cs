namespace NeuroTrails.Client.Cli;

/// <summary>Writes commands that can be pasted into a shell as they are.</summary>
internal static class ShellText
{
    // How the messages of the rooms below call the program.
    public const string Usual = "./neurotrails";

    // How the program was called, which is how it can be called again from the same folder; the launcher says so.
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("NEUROTRAILS_LAUNCHER") is { Length: > 0 } launcher ? Quote(launcher) : Usual;

    public static string Quote(string word)
    {
        // What begins with a hyphen would be read as an option.
        var safe = word.StartsWith('-') ? "./" + word : word;
        return
            safe.Length > 0 && safe.All(letter => char.IsLetterOrDigit(letter) || "/._-=:,+@%".Contains(letter, StringComparison.Ordinal))
            ? safe
            : $"'{safe.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    public static string Command(string verb, params IEnumerable<string> words) =>
        string.Join(' ', [Program, verb, .. words.Select(word => word.StartsWith("--", StringComparison.Ordinal) ? word : Quote(word))]);

    public static string Resume(string run) => Command("train", "--resume", run);
}
