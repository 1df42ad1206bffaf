namespace NeuroTrails.Data;

/// <summary>One line of the catalogue.</summary>
/// <param name="Name">What <c>data.name</c> says.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Open">Opens the splits in a folder (ignored by generated data), with decoders for image files.</param>
internal sealed record DataSetEntry(string Name, string Summary, Func<string, DataOptions, ImageDecoders, SourceSplits> Open)
{
    // Whether the data is generated, so that there is no folder.
    public bool Generated { get; init; }

    // Well-known constants, or null to compute them from the training split.
    public Normalisation? Constants { get; init; }

    public IReadOnlyList<string> Subfolders { get; init; } = [];

    // Any of these names makes a folder one that holds the data, so that a subfolder need not be searched.
    public IReadOnlyList<string> Marks { get; init; } = [];

    public IReadOnlyList<string> ManualSteps { get; init; } = [];

    // Files that can be downloaded, together enough to open the set; empty for none.
    public IReadOnlyList<RemoteFile> Downloads { get; init; } = [];
}
