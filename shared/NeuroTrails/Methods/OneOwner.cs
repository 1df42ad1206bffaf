using NeuroTrails.Configuration;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>What methods have in common whose members all live in one head: the backbone hands the samples on.</summary>
public abstract class OneOwner : EnsembleMethod
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fixed { get; } =
        new Dictionary<string, object?> { ["ensemble.heads"] = 1, ["topology.density"] = 1.0 };

    /// <inheritdoc/>
    public override (NetworkPart Backbone, NetworkPart Head) Cut(Network network, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Uncut();
    }

    /// <inheritdoc/>
    public override int MembersPerHead(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Members;
    }

    /// <summary>The whole network, of which the backbone knows nothing but one of the samples that the head stacks.</summary>
    /// <param name="network">A network whose input is so many samples.</param>
    /// <param name="members">How many.</param>
    protected static (NetworkPart Backbone, NetworkPart Head) CutStacked(Network network, int members)
    {
        ArgumentNullException.ThrowIfNull(network);
        var input = network.Input;
        return (new([], input with { Channels = input.Channels / members }), network.Uncut().Head);
    }

    /// <summary>One sample for every member.</summary>
    /// <param name="input_B">[B, C, …].</param>
    /// <param name="members">Members.</param>
    /// <returns>[B, members·C, …].</returns>
    protected static Tensor Stack(Tensor input_B, int members) => cat([.. Enumerable.Repeat(input_B, members)], 1);

    /// <summary>Scores that a network makes for all members at once, by member.</summary>
    /// <param name="logits">[B, members·C].</param>
    /// <param name="members">Members.</param>
    /// <returns>[members, B, C].</returns>
    protected static Tensor ByMember(Tensor logits, int members)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return logits.view(logits.shape[0], members, -1).transpose(0, 1).contiguous();
    }
}
