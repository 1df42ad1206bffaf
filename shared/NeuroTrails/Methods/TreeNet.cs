namespace NeuroTrails.Methods;

/// <summary>Dense heads on a shared dense backbone (Lee et al. 2015, arXiv 1511.06314): NeuroTrails at density 1.</summary>
public sealed class TreeNet : EnsembleMethod
{
    /// <inheritdoc/>
    public override string Name => "treenet";

    /// <inheritdoc/>
    public override bool TakesText => true;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } = new Dictionary<string, object?> { ["topology.density"] = 1.0 };
}
