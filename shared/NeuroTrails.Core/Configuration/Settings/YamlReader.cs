using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NeuroTrails.Configuration.Settings;

/// <summary>
/// Reads the part of YAML that settings need: sections, lists, values. Anchors, aliases, tags and several documents in one file
/// are refused, because they make a value's origin hard to see.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 12;
    private readonly IParser _parser;
    private readonly string _source;
    private readonly bool _hasLines;

    private YamlReader(string text, string source, bool hasLines) =>
        (_parser, _source, _hasLines) = (new Parser(new StringReader(text)), source, hasLines);

    public static SettingNode? Read(string text, string source, bool hasLines, SettingErrors errors)
    {
        var reader = new YamlReader(text, source, hasLines);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException fault)
        {
            // The parser names the line where what it was reading begins, which is not the one with the tab.
            var tab = fault.Message.Contains("tab", StringComparison.Ordinal) ? LineIndentedByTab(text, (int)fault.Start.Line) : 0;
            var origin = tab > 0 && hasLines ? new(source, tab) : reader.At(fault.Start);
            errors.Add($"This is not YAML that settings can be read from: {fault.InnerException?.Message ?? fault.Message}", origin);
            return null;
        }
        catch (Exception fault)
            when (fault is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            // The parser's own slips on some malformed texts; to the user they are the same.
            errors.Add("This is not YAML that settings can be read from", reader.At(reader._parser.Current?.End ?? Mark.Empty));
            return null;
        }
    }

    private static int LineIndentedByTab(string text, int from) =>
        Array.FindIndex(text.Split('\n'), Math.Max(0, from - 1), line => line.TakeWhile(char.IsWhiteSpace).Contains('\t')) + 1;

    private SettingNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
        {
            throw Refuse(_parser.Current!.Start, "only one document is allowed in a file");
        }

        return root;
    }

    private SettingNode ReadNode(int depth)
    {
        var start = _parser.Current!.Start;
        if (depth > MaxDepth)
        {
            throw Refuse(start, "sections are nested too deeply");
        }

        if (_parser.Accept<AnchorAlias>(out _) || (_parser.Accept<NodeEvent>(out var node) && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty)))
        {
            throw Refuse(start, "anchors, aliases and tags are not supported");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new ScalarNode(scalar.Value, scalar.Style != ScalarStyle.Plain, At(start));
        }

        return _parser.TryConsume<SequenceStart>(out _) ? ReadList(start, depth) : ReadSection(start, depth);
    }

    private ListNode ReadList(Mark start, int depth)
    {
        var items = new List<SettingNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new ListNode(items, At(start));
    }

    private SectionNode ReadSection(Mark start, int depth)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<SectionEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var place = _parser.Current!.Start;
            if (ReadNode(depth + 1) is not ScalarNode key)
            {
                throw Refuse(place, "a key must be a single word");
            }

            entries.Add(new SectionEntry(key.Text, ReadNode(depth + 1), At(place)));
        }

        return new SectionNode(entries, At(start));
    }

    private SettingOrigin At(Mark mark) => new(_source, _hasLines ? (int)mark.Line : 0);

    private static YamlException Refuse(Mark at, string reason) => new(at, at, reason);
}
