namespace NeuroTrails.Configuration;

/// <summary>Settings that come with the program, each a YAML file under <c>Configuration/Presets</c>.</summary>
public static class Presets
{
    private const string Prefix = "presets/";
    private const string Suffix = ".yaml";

    /// <summary>Names of all presets, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Presets)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A preset's YAML, or null where there is none of that name.</summary>
    /// <param name="name">The name: <c>quickstart</c>.</param>
    public static string? Find(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
