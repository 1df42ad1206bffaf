using System.Text.RegularExpressions;

namespace NeuroTrails.Client.Display;

/// <summary>Colours of a terminal, or none.</summary>
/// <param name="Colour">Whether there are any.</param>
internal sealed partial record Ink(bool Colour)
{
    /// <summary>What matters most.</summary>
    public string Bold(string text) => Paint(text, 1);

    /// <summary>What is done.</summary>
    public string Green(string text) => Paint(text, 32);

    /// <summary>What deserves attention.</summary>
    public string Yellow(string text) => Paint(text, 33);

    /// <summary>What is not there yet.</summary>
    public string Grey(string text) => Paint(text, 90);

    /// <summary>A text without its colours.</summary>
    public static string Plain(string text) => Codes().Replace(text, string.Empty);

    /// <summary>Letters that a text takes on the screen.</summary>
    public static int Length(string text) => Plain(text).Length;

    private string Paint(string text, int code) => Colour && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Codes();
}
