namespace NeuroTrails.Data;

/// <summary>The splits as their source has them.</summary>
/// <param name="Train">Training samples.</param>
/// <param name="Test">Test samples.</param>
/// <param name="Validation">Validation samples where the source has such a split, else null.</param>
internal sealed record SourceSplits(IDataSet Train, IDataSet Test, IDataSet? Validation = null);
