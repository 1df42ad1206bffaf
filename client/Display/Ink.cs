using System.Text.RegularExpressions;

namespace NeuroTrails.Client.Display;

/// <summary>Colours of a terminal, or none.</summary>
internal sealed partial record Ink(bool Colour)
{
    public string Bold(string text) => Paint(text, 1);

    public string Green(string text) => Paint(text, 32);

    public string Yellow(string text) => Paint(text, 33);

    public string Grey(string text) => Paint(text, 90);

    public static string Plain(string text) => Codes().Replace(text, string.Empty);

    public static int Length(string text) => Plain(text).Length;

    private string Paint(string text, int code) => Colour && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Codes();
}
