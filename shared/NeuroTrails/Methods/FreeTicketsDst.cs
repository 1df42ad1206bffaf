using NeuroTrails.Configuration;
using NeuroTrails.Models;

namespace NeuroTrails.Methods;

/// <summary>The DST ensemble of FreeTickets (Liu et al. 2022, arXiv 2106.14568): independent sparse networks, each from scratch with masks
/// that evolve by prune and regrow.</summary>
public sealed class FreeTicketsDst : EnsembleMethod
{
    /// <inheritdoc/>
    public override string Name => "freetickets_dst";

    /// <inheritdoc/>
    public override bool TakesText => true;

    /// <inheritdoc/>
    /// <remarks>As of independent dense networks: nothing may tie the members to each other.</remarks>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["ensemble.loss"] = LossCombination.Sum, ["training.clip_norm"] = null };

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
        return $"{Count(options.Heads, "sparse network")} of {(options.Heads == 1 ? "its" : "their")} own";
    }
}
