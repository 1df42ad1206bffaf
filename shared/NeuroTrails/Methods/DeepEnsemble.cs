using NeuroTrails.Configuration;
using NeuroTrails.Models;

namespace NeuroTrails.Methods;

/// <summary>
/// Independent dense networks (Lakshminarayanan et al. 2017, arXiv 1612.01474): the backbone hands the samples on, and each head is a whole
/// network. Members differ by their initial weights and their dropout; all of them see the batches in the same order.
/// </summary>
public sealed class DeepEnsemble : EnsembleMethod
{
    /// <inheritdoc/>
    public override string Name => "ensemble";

    /// <inheritdoc/>
    public override bool TakesText => true;

    /// <inheritdoc/>
    /// <remarks>A mean of losses, or one norm over all gradients, would tie the members to each other.</remarks>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?>
        {
            ["topology.density"] = 1.0,
            ["ensemble.loss"] = LossCombination.Sum,
            ["training.clip_norm"] = null,
        };

    /// <inheritdoc/>
    public override bool Divides => false;

    /// <inheritdoc/>
    public override (NetworkPart Backbone, NetworkPart Head) Cut(Network network, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Uncut();
    }

    /// <inheritdoc/>
    public override string Describe(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"{Count(options.Heads, "network")} of {(options.Heads == 1 ? "its" : "their")} own";
    }
}
