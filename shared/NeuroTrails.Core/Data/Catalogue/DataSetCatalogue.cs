namespace NeuroTrails.Data;

/// <summary>Every data set known by name.</summary>
public static class DataSetCatalogue
{
    private static readonly DataSetEntry[] Entries =
    [
        GlyphEntry.Glyphs,
        IdxEntry.Mnist,
        IdxEntry.Fashion,
        CifarEntry.Ten,
        CifarEntry.Hundred,
        CsvEntry.Optdigits,
        ImageEntry.TinyImageNet,
        ImageEntry.ImageNet,
        IdxEntry.Any,
        NpyEntry.Any,
        CsvEntry.Any,
        ImageEntry.Any,
        TextEntry.TinyShakespeare,
        TextEntry.Any,
    ];

    /// <summary>Names and one-line summaries, for people.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Summaries { get; } =
    [.. Entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Summary))];

    /// <summary>Opens a data set that is on this machine; never downloads.</summary>
    /// <param name="options">Which, where and how.</param>
    /// <param name="seed">Seed of the run: decides what is held out for validation.</param>
    /// <param name="decoders">Decoders for image files beyond the built-in one, or null.</param>
    /// <param name="known">What the run was made from, whose preparation then holds; null where it starts.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="UserErrorException">The name is unknown, files are missing or damaged, or an option is out of range.</exception>
    public static DataSplits Open(DataOptions options, long seed, IEnumerable<IImageDecoder>? decoders = null, DataRecord? known = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataOptionsCheck.Run(options);
        options = known is null
            ? options
            : options with
            {
                Scale = known.Scale,
                Channels = known.SampleShape.IsVector ? options.Channels : known.Shape[0],
            };
        var entry = Find(options.Name);
        if (entry.Generated)
        {
            return Preparation.Prepare(
                entry.Name,
                entry.Constants,
                options,
                entry.Open(string.Empty, options, new ImageDecoders(decoders)),
                seed,
                known
            );
        }

        var folder = Folder(options);
        var found = DataFolder.Locate(entry, folder) ?? throw DataFolder.Missing(entry, folder);
        return Preparation.Prepare(
            entry.Name,
            entry.Constants,
            options,
            entry.Open(found, options, new ImageDecoders(decoders)),
            seed,
            known
        );
    }

    /// <summary>Whether there is a data set of this name.</summary>
    /// <param name="name">Value of <c>data.name</c>.</param>
    public static bool Has(string name) => Entries.Any(entry => entry.Name == name);

    internal static DataSetEntry Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name)
        ?? throw DataError.Option("data.name", $"'{name}'", string.Join(", ", Entries.Select(entry => entry.Name)));

    internal static string Folder(DataOptions options) =>
        DataFolder.Default(options, Environment.GetEnvironmentVariable(DataFolder.Variable), Environment.CurrentDirectory);
}
