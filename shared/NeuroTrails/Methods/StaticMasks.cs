namespace NeuroTrails.Methods;

/// <summary>Sparse heads on a shared sparse backbone whose masks, drawn at the start, never change (random pruning: Liu et al. 2022, arXiv
/// 2202.02643): NeuroTrails without prune and regrow.</summary>
public sealed class StaticMasks : EnsembleMethod
{
    /// <inheritdoc/>
    public override string Name => "static";

    /// <inheritdoc/>
    public override bool TakesText => true;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["topology.drop"] = Configuration.DropRule.None };
}
