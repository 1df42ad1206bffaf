using System.Text;

namespace NeuroTrails.Tests.House;

/// <summary>The texts in a C# source file: string literals, those that are added to one another
/// joined, with … where a value is put in.</summary>
internal sealed class SourceTexts
{
    private readonly string _code;
    private readonly List<string> _texts = [];
    private int _at;

    private SourceTexts(string code) => _code = code;

    /// <summary>All texts of a file, those within values put in included.</summary>
    public static IReadOnlyList<string> Of(string code)
    {
        var source = new SourceTexts(code);
        source.Code(until: '\0');
        return source._texts;
    }

    private char Now => _at < _code.Length ? _code[_at] : '\0';

    private bool Sees(string text) => string.CompareOrdinal(_code, _at, text, 0, text.Length) == 0;

    // Code up to a closing brace that was not opened in it, or to the end.
    private void Code(char until)
    {
        var depth = 0;
        while (_at < _code.Length && !(depth == 0 && Now == until))
        {
            if (Sees("//"))
            {
                _at = _code.IndexOf('\n', _at) is var end and >= 0 ? end : _code.Length;
            }
            else if (Now == '\'')
            {
                _at += _code[_at + 1] == '\\' ? _code.IndexOf('\'', _at + 3) - _at + 1 : 3;
            }
            else if (Starts())
            {
                Sum();
            }
            else
            {
                depth += Now switch
                {
                    '{' or '(' or '[' => 1,
                    '}' or ')' or ']' => -1,
                    _ => 0,
                };
                _at++;
            }
        }
    }

    private bool Starts()
    {
        var at = _at;
        while (at < _code.Length && _code[at] is '$' or '@')
        {
            at++;
        }

        return at < _code.Length && _code[at] == '"';
    }

    private void Sum()
    {
        var text = new StringBuilder();
        while (true)
        {
            Literal(text);
            var after = _at;
            SkipBlanks();
            if (Now != '+')
            {
                _at = after;
                break;
            }

            _at++;
            SkipBlanks();
            if (!Starts())
            {
                _at = after;
                break;
            }
        }

        _texts.Add(text.ToString());
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Now))
        {
            _at++;
        }
    }

    private void Literal(StringBuilder text)
    {
        var (holes, verbatim) = (false, false);
        for (; Now is '$' or '@'; _at++)
        {
            (holes, verbatim) = (holes || Now == '$', verbatim || Now == '@');
        }

        if (Sees("\"\"\""))
        {
            var end = _code.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
            text.Append(_code, _at + 3, end - _at - 3);
            _at = end + 3;
            return;
        }

        for (_at++; ; _at++)
        {
            if (Sees("\"\"") && verbatim)
            {
                _at++;
                text.Append('"');
            }
            else if (Now is '"' or '\0')
            {
                _at++;
                return;
            }
            else if (Now == '\\' && !verbatim)
            {
                _at++;
                text.Append(Now == 'n' ? '\n' : Now);
            }
            else if (holes && Now is '{' or '}' && _code[_at + 1] == Now)
            {
                text.Append(Now);
                _at++;
            }
            else if (holes && Now == '{')
            {
                _at++;
                Code(until: '}');
                text.Append('…');
            }
            else
            {
                text.Append(Now);
            }
        }
    }
}
