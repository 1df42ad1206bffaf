using System.Globalization;
using System.Text;

namespace NeuroTrails.Client.Display;

/// <summary>Lines that replace those on the screen, from the cursor's line downwards.</summary>
internal sealed class Canvas
{
    private const string EraseLine = "\u001b[K";
    private const string EraseBelow = "\u001b[J";
    private readonly StringBuilder _text = new("\r");

    public void Line(string text) => _text.Append(text).Append(EraseLine).Append('\n');

    // The cursor goes back up so many lines; 0 leaves it in the line below.
    public void End(string text, int up)
    {
        _text.Append(text).Append(EraseLine);
        _ =
            up == 0
                ? _text.Append('\n').Append(EraseBelow)
                : _text.Append(EraseBelow).Append(CultureInfo.InvariantCulture, $"\u001b[{up}A\r");
    }

    public override string ToString() => _text.ToString();
}
