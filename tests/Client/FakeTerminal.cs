using System.Text;

namespace NeuroTrails.Tests.Client;

/// <summary>A screen that does what it is sent, as terminals do: lines fold at its width, and when that changes they are folded anew (or,
/// in the older kind, cut) with the cursor kept in its line.</summary>
/// <param name="width">Letters in a row.</param>
/// <param name="folds">Whether lines are folded anew when the width changes.</param>
internal sealed class FakeTerminal(int width, bool folds)
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _line;
    private int _at;

    /// <summary>What stands on it, as lines that were not folded.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.ToString().TrimEnd())];

    public int Width { get; private set; } = width;

    public void Resize(int width)
    {
        Width = width;
        if (!folds)
        {
            _lines.ForEach(line => line.Length = Math.Min(line.Length, width));
            _at = Math.Min(_at, width - 1);
        }
    }

    public void Write(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\u001b')
            {
                var end = at + 2;
                while (!char.IsLetter(text[end]))
                {
                    end++;
                }

                Control(text[end], text[(at + 2)..end]);
                at = end;
            }
            else if (text[at] == '\r')
            {
                _at -= _at % Width;
            }
            else if (text[at] == '\n')
            {
                Down();
            }
            else
            {
                Letter(text[at]);
            }
        }
    }

    private void Control(char kind, string argument)
    {
        var line = _lines[_line];
        switch (kind)
        {
            case 'A':
                for (var row = 0; row < int.Parse(argument, null); row++)
                {
                    Up();
                }

                break;
            case 'J':
                line.Length = Math.Min(line.Length, _at);
                _lines.RemoveRange(_line + 1, _lines.Count - _line - 1);
                break;
            case 'K':
                // The rest of a folded line stands by itself from now on.
                var end = _at - (_at % Width) + Width;
                if (line.Length > end)
                {
                    _lines.Insert(_line + 1, new(line.ToString(end, line.Length - end)));
                }

                line.Length = Math.Min(line.Length, _at);
                break;
            case 'm' or 'h' or 'l':
                break;
            default:
                throw new NotSupportedException($"ESC [ {argument}{kind}");
        }
    }

    private void Letter(char letter)
    {
        var line = _lines[_line];
        while (line.Length <= _at)
        {
            line.Append(' ');
        }

        line[_at++] = letter;
    }

    private void Down()
    {
        var next = _at - (_at % Width) + Width;
        if (_lines[_line].Length > next)
        {
            _at = next;
            return;
        }

        (_line, _at) = (_line + 1, 0);
        if (_line == _lines.Count)
        {
            _lines.Add(new());
        }
    }

    private void Up()
    {
        var column = _at % Width;
        if (_at >= Width)
        {
            _at -= Width;
        }
        else if (_line > 0)
        {
            _line--;
            _at = (Math.Max(0, _lines[_line].Length - 1) / Width * Width) + column;
        }
    }
}
