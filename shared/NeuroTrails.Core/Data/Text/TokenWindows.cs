namespace NeuroTrails.Data;

/// <summary>One split of a text, cut into windows of L tokens. Immutable; safe to read from several threads.</summary>
public sealed class TokenWindows
{
    private readonly int _length;
    private readonly bool _shifts;
    private readonly int[]? _starts;

    private TokenWindows(ReadOnlyMemory<byte> text, int length, int count, bool shifts, int[]? starts) =>
        (Text, _length, Count, _shifts, _starts) = (text, length, count, shifts, starts);

    /// <summary>The text.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>Number of windows.</summary>
    public int Count { get; }

    /// <summary>Windows one behind the other, as many as are full.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Tokens L of a window, at least 2.</param>
    /// <param name="limit">Most windows; 0 for all.</param>
    /// <param name="shifts">Whether each epoch begins elsewhere, 0 to L − 1 tokens behind the start, so that every token comes to stand
    /// everywhere in a window.</param>
    public static TokenWindows OfAll(ReadOnlyMemory<byte> text, int length, int limit = 0, bool shifts = false) =>
        new(text, length, Limited(Math.Max(0, text.Length - (shifts ? length - 1 : 0)) / length, limit), shifts, null);

    /// <summary>A window for each line of two bytes or more: its beginning, padded where it is shorter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Tokens L of a window, at least 2.</param>
    /// <param name="limit">Most windows; 0 for all.</param>
    public static TokenWindows OfLines(ReadOnlyMemory<byte> text, int length, int limit = 0)
    {
        var starts = new List<int>();
        for (var at = 0; at < text.Length; )
        {
            var line = LineAt(text.Span, at);
            if (line.Length >= 2)
            {
                starts.Add(at);
            }

            var end = text.Span[at..].IndexOf((byte)'\n');
            at = end < 0 ? text.Length : at + end + 1;
        }

        return new(text, length, Limited(starts.Count, limit), false, [.. starts]);
    }

    /// <summary>Writes a window.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">From 0; decides where windows begin.</param>
    /// <param name="index">0 to <c>Count − 1</c>.</param>
    /// <param name="tokens">[L]; −1 for padding.</param>
    public void Read(long seed, long epoch, int index, Span<long> tokens)
    {
        var shift = _shifts ? new CounterRandom(seed, RandomStream.Window, epoch).NextInt32(_length) : 0;
        var bytes = _starts is null ? Text.Span.Slice(shift + (index * _length), _length) : LineAt(Text.Span, _starts[index]);
        for (var i = 0; i < _length; i++)
        {
            tokens[i] = i < bytes.Length ? bytes[i] : -1;
        }
    }

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> text, int start)
    {
        var rest = text[start..];
        var end = rest.IndexOf((byte)'\n');
        return (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
    }

    private static int Limited(int count, int limit) => limit == 0 ? count : Math.Min(count, limit);
}
