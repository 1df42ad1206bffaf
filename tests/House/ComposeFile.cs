using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace NeuroTrails.Tests.House;

/// <summary>What docker-compose.yml says, after merges and variables, as far as tests look at it.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<object, object?> _root;

    private ComposeFile(Dictionary<object, object?> root) => _root = root;

    /// <summary>Services by name.</summary>
    public IReadOnlyDictionary<string, ComposeFile> Services =>
        Map("services").ToDictionary(pair => (string)pair.Key, pair => new ComposeFile((Dictionary<object, object?>)pair.Value!));

    /// <summary>Reads the file; variables have the values of <c>.env.example</c>.</summary>
    public static ComposeFile Read(string file)
    {
        var values = Variables(".env.example");
        var text = Variable()
            .Replace(
                string.Join('\n', Repository.Lines(file)),
                match =>
                    values.GetValueOrDefault(match.Groups["name"].Value)
                    ?? throw new InvalidOperationException($"{match.Value} is not in .env.example.")
            );
        using var reader = new StringReader(text);
        return new(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(reader))));
    }

    /// <summary>Variables that a compose file names.</summary>
    public static IReadOnlySet<string> VariablesOf(string file) =>
        Variable().Matches(string.Join('\n', Repository.Lines(file))).Select(match => match.Groups["name"].Value).ToHashSet();

    /// <summary>The assignments of an environment file.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string file) =>
        Repository
            .Lines(file)
            .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string key) => _root.GetValueOrDefault(key) as string;

    /// <summary>A mapping; empty where there is none.</summary>
    public IReadOnlyDictionary<object, object?> Map(string key) => _root.GetValueOrDefault(key) as Dictionary<object, object?> ?? [];

    /// <summary>A list of texts; empty where there is none.</summary>
    public IReadOnlyList<string> List(string key) => List(_root.GetValueOrDefault(key));

    /// <summary>A list of texts inside a mapping.</summary>
    public IReadOnlyList<string> List(string map, string key) => List(Map(map).GetValueOrDefault(key));

    private static IReadOnlyList<string> List(object? value) => value is List<object?> list ? [.. list.Select(item => (string)item!)] : [];

    // The shell's forms: ${NAME}, ${NAME:-default}, ${NAME:?message}.
    [GeneratedRegex(@"\$\{(?<name>\w+)(?::[-?][^}]*)?\}")]
    private static partial Regex Variable();
}
