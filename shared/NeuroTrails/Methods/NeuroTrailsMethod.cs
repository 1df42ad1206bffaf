namespace NeuroTrails.Methods;

/// <summary>Sparse heads on a shared sparse backbone, whose masks evolve by prune and regrow
/// (Grooten et al. 2025, arXiv 2505.17909).</summary>
public sealed class NeuroTrailsMethod : EnsembleMethod
{
    /// <inheritdoc/>
    public override string Name => "neurotrails";

    /// <inheritdoc/>
    public override bool TakesText => true;
}
