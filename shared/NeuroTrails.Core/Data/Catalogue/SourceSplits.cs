namespace NeuroTrails.Data;

/// <summary>The splits as their source has them.</summary>
/// <param name="Train">Training samples.</param>
/// <param name="Test">Test samples; null where the source has none.</param>
/// <param name="Validation">Validation samples where the source has such a split, else null.</param>
internal sealed record SourceSplits(IDataSet Train, IDataSet? Test, IDataSet? Validation = null)
{
    /// <summary>What the user should know of the data, a sentence or more each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Files that were left out, and why, one line each.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The notice that tells of them; null where there are none.</summary>
    public string? Excuse { get; init; }

    /// <summary>Names of the columns of vectors; null where they have none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What stored values were divided by; by default that of bytes.</summary>
    public double Scale { get; init; } = 255;
}
