using NeuroTrails.Configuration;
using NeuroTrails.Models;

namespace NeuroTrails.Methods;

/// <summary>
/// Sparse-IFT (Thangarasa et al. 2024, arXiv 2303.11525), the sparse wide form: one network of layers that are 1/√density as wide and
/// sparse, so that a layer widened on both sides costs the multiply-adds of the dense one. Other methods do the same by
/// <c>topology.iso_flops</c>.
/// </summary>
public sealed class SparseIft : OneOwner
{
    /// <inheritdoc/>
    public override string Name => "sparse_ift";

    /// <inheritdoc/>
    public override bool OneIsSingle => false;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?>
        {
            ["ensemble.heads"] = 1,
            ["topology.iso_flops"] = true,
            ["topology.distribution"] = DensityDistribution.Uniform,
        };

    /// <inheritdoc/>
    public override int MembersPerHead(EnsembleOptions options) => 1;

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options) => "one network, widened and sparse at the FLOPs of the dense one";
}
