using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace NeuroTrails.Formats;

/// <summary>
/// Reads a header by hand, token by token: a general deserialiser would silently take the last of two equal keys,
/// skip unknown ones and lose the position that a good message needs.
/// </summary>
internal ref struct SafetensorsHeaderParser
{
    // Root object, tensor object, array.
    private const int Depth = 3;

    // What tensor libraries can hold; it keeps a hostile shape from costing memory.
    private const int MaximumRank = 64;

    private readonly string _file;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _json;

    public SafetensorsHeaderParser(string file, ReadOnlySpan<byte> text)
    {
        _file = file;
        _text = text;
        _json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Depth });
    }

    // Reads everything; offsets are not compared with each other yet.
    public SafetensorsHeader Parse()
    {
        if (_text.IsEmpty || _text[0] != (byte)'{')
        {
            throw Fail(0, _text.IsEmpty ? "an empty header" : $"byte 0x{_text[0]:x2}", "'{' as the first byte of the header");
        }

        if (!Utf8.IsValid(_text))
        {
            throw Fail(0, "bytes that are not UTF-8", "a header in UTF-8");
        }

        try
        {
            return ParseRoot();
        }
        catch (JsonException fault)
        {
            throw Fail(_json.BytesConsumed, Excerpt(_json.BytesConsumed), "well-formed JSON", fault);
        }
    }

    private SafetensorsHeader ParseRoot()
    {
        var entries = new List<SafetensorsHeader.Entry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Next(JsonTokenType.StartObject, "an object");
        while (NextKey(names, out var name, out var position))
        {
            if (name == SafetensorsHeader.MetadataKey)
            {
                ParseMetadata(metadata);
            }
            else if (name.Length == 0)
            {
                throw Fail(position, "an empty tensor name", "a name");
            }
            else
            {
                entries.Add(ParseEntry(name, position));
            }
        }

        // Only white space may follow; the JSON reader complains about anything else.
        _json.Read();
        return new SafetensorsHeader(entries, metadata);
    }

    private void ParseMetadata(SortedDictionary<string, string> metadata)
    {
        Next(JsonTokenType.StartObject, "an object of strings as metadata");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(keys, out var key, out _))
        {
            Next(JsonTokenType.String, $"a string as the metadata value of '{Shorten(key)}'");
            metadata.Add(key, Text());
        }
    }

    private SafetensorsHeader.Entry ParseEntry(string name, long position)
    {
        StoredDType? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        var what = $"tensor '{Shorten(name)}'";
        Next(JsonTokenType.StartObject, $"an object describing {what}");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(keys, out var key, out var at))
        {
            switch (key)
            {
                case "dtype":
                    Next(JsonTokenType.String, $"the dtype of {what} as a string");
                    dtype = StoredDTypes.TryParse(Text(), out var parsed)
                        ? parsed
                        : throw Fail(_json.TokenStartIndex, $"dtype {Token()} of {what}", $"one of {StoredDTypes.Allowed}");
                    break;
                case "shape":
                    shape = ParseNumbers(MaximumRank, $"the shape of {what}");
                    break;
                case "data_offsets":
                    offsets = ParseNumbers(2, $"data_offsets of {what}");
                    break;
                default:
                    throw Fail(at, $"key '{Shorten(key)}' in {what}", "dtype, shape, data_offsets and nothing else");
            }
        }

        if (dtype is null || shape is null || offsets is not { Length: 2 })
        {
            throw Fail(position, $"{what} without a complete description", "dtype, shape and data_offsets [begin, end]");
        }

        return new SafetensorsHeader.Entry(name, position, dtype.Value, shape, offsets[0], offsets[1]);
    }

    private long[] ParseNumbers(int limit, string what)
    {
        Next(JsonTokenType.StartArray, $"{what} as an array of numbers");
        var numbers = new List<long>();
        while (true)
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.EndArray)
            {
                return [.. numbers];
            }

            // "-0" parses to a valid zero, "1e2" and "1.0" do not parse: a sign or fraction has no business here either way.
            if (_json.TokenType != JsonTokenType.Number || _json.ValueSpan[0] == (byte)'-' || !_json.TryGetInt64(out var number))
            {
                throw Fail(_json.TokenStartIndex, Token(), $"in {what} a whole number from 0 to {long.MaxValue}");
            }

            if (numbers.Count == limit)
            {
                throw Fail(_json.TokenStartIndex, $"more than {limit} numbers", $"in {what} at most {limit}");
            }

            numbers.Add(number);
        }
    }

    private bool NextKey(HashSet<string> seen, out string key, out long position)
    {
        _json.Read();
        position = _json.TokenStartIndex;
        key = "";
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        key = Text();
        return seen.Add(key) ? true : throw Fail(position, $"a second key '{Shorten(key)}'", "every key once");
    }

    private void Next(JsonTokenType type, string expected)
    {
        _json.Read();
        if (_json.TokenType != type)
        {
            throw Fail(_json.TokenStartIndex, Token(), expected);
        }
    }

    private readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            // Half of a surrogate pair, written as an escape.
            throw Fail(_json.TokenStartIndex, "an escape that is no character", "text", fault);
        }
    }

    private readonly string Token() => Excerpt(_json.TokenStartIndex);

    private readonly string Excerpt(long start)
    {
        var rest = _text[(int)Math.Min(start, _text.Length)..];
        return rest.IsEmpty ? "the end of the header" : $"'{Shorten(Encoding.UTF8.GetString(rest[..Math.Min(rest.Length, 200)]))}'";
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");

    private readonly SafetensorsFormatException Fail(long position, string seen, string expected, Exception? fault = null) =>
        new(_file, SafetensorsHeader.LengthBytes + position, seen, expected, fault);
}
