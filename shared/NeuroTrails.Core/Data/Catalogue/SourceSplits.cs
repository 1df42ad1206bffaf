namespace NeuroTrails.Data;

/// <summary>The splits as their source has them.</summary>
internal sealed record SourceSplits(IDataSet Train, IDataSet? Test, IDataSet? Validation = null)
{
    public IReadOnlyList<string> Notices { get; init; } = [];

    public IReadOnlyList<string> Faults { get; init; } = [];

    // The notice that tells of them; null where there are none.
    public string? Excuse { get; init; }

    public IReadOnlyList<string>? Columns { get; init; }

    // What stored values were divided by; by default that of bytes.
    public double Scale { get; init; } = 255;
}
