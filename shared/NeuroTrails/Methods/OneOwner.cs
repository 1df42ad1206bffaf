using NeuroTrails.Configuration;
using NeuroTrails.Models;

namespace NeuroTrails.Methods;

/// <summary>What methods have in common whose members all live in one head: the backbone hands the samples on.</summary>
public abstract class OneOwner : EnsembleMethod
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["ensemble.heads"] = 1, ["topology.density"] = 1.0 };

    /// <inheritdoc/>
    public override bool Divides => false;

    /// <inheritdoc/>
    public override (NetworkPart Backbone, NetworkPart Head) Cut(Network network, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Uncut();
    }

    /// <inheritdoc/>
    public override string MemberWord => "member";

    /// <inheritdoc/>
    public override int MembersPerHead(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Members;
    }
}
