namespace NeuroTrails.Data;

/// <summary>One line of the catalogue.</summary>
/// <param name="Name">What <c>data.name</c> says.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Open">Opens the splits in a folder (ignored by generated data), with decoders for image files.</param>
internal sealed record DataSetEntry(string Name, string Summary, Func<string, DataOptions, ImageDecoders, SourceSplits> Open)
{
    /// <summary>Whether the data is generated, so that there is no folder.</summary>
    public bool Generated { get; init; }

    /// <summary>Whether it is a text, of windows of tokens: see <see cref="TextSplits"/>.</summary>
    public bool IsText { get; init; }

    /// <summary>Well-known constants, or null to compute them from the training split.</summary>
    public Normalisation? Constants { get; init; }

    /// <summary>Folders below the given one that tools usually make.</summary>
    public IReadOnlyList<string> Subfolders { get; init; } = [];

    /// <summary>Any of these names makes a folder one that holds the data, so that a subfolder need not be searched.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>What to do where the files are missing, one step a line.</summary>
    public IReadOnlyList<string> ManualSteps { get; init; } = [];

    /// <summary>Files that can be downloaded, together enough to open the set; empty for none.</summary>
    public IReadOnlyList<RemoteFile> Downloads { get; init; } = [];
}
