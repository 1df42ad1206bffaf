using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>Just enough of python's literals for the header of an npy file.</summary>
internal ref struct NpyScanner(string text, string source)
{
    private const int MostDimensions = 32;
    private int position;

    public readonly UserErrorException Fault(string seen) =>
        DataError.Damaged(source, $"an npy header with {seen} at character {position}", "{'descr': …, 'fortran_order': …, 'shape': …}");

    public void Expect(char wanted)
    {
        if (!Accept(wanted))
        {
            throw Fault($"no '{wanted}'");
        }
    }

    public bool Accept(char wanted)
    {
        Skip();
        if (position < text.Length && text[position] == wanted)
        {
            position++;
            return true;
        }

        return false;
    }

    public string Quoted()
    {
        Skip();
        var quote = position < text.Length ? text[position] : '\0';
        var end = quote is '\'' or '"' ? text.IndexOf(quote, position + 1) : -1;
        if (end < 0)
        {
            throw Fault("no string");
        }

        var value = text[(position + 1)..end];
        position = end + 1;
        return value;
    }

    public bool Boolean()
    {
        Skip();
        foreach (var value in new[] { true, false })
        {
            if (text.AsSpan(position).StartsWith(value ? "True" : "False", StringComparison.Ordinal))
            {
                position += value ? 4 : 5;
                return value;
            }
        }

        throw Fault("neither True nor False");
    }

    public int[] Tuple()
    {
        var sizes = new List<int>();
        Expect('(');
        while (!Accept(')'))
        {
            sizes.Add(Integer());
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return sizes.Count <= MostDimensions ? [.. sizes] : throw Fault($"{sizes.Count} dimensions");
    }

    public void End()
    {
        Skip();
        if (position != text.Length)
        {
            throw Fault("something after the dictionary");
        }
    }

    private int Integer()
    {
        Skip();
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        if (!int.TryParse(text.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw Fault("no size");
        }

        // How python 2 wrote a long integer, and numpy with it.
        Accept('L');
        return value;
    }

    private void Skip()
    {
        while (position < text.Length && text[position] is ' ' or '\n' or '\t')
        {
            position++;
        }
    }
}
