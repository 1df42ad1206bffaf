using NeuroTrails.Configuration;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>What methods have in common whose network takes a sample for every member, stacked on the channels, and makes the scores of all
/// members at once.</summary>
public abstract class StackedInputs : OneOwner
{
    /// <inheritdoc/>
    /// <remarks>The backbone knows of one sample; the head stacks.</remarks>
    public override (NetworkPart Backbone, NetworkPart Head) Cut(Network network, EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        var input = network.Input;
        return (new([], input with { Channels = input.Channels / options.Members }), network.Uncut().Head);
    }

    /// <inheritdoc/>
    public override Tensor Infer(HeadPass pass, Tensor input_B)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var members = pass.Plan.MembersPerHead;
        var logits = pass.Forward(Stack(input_B, members), training: false);
        return logits.view(logits.shape[0], members, -1).transpose(0, 1).contiguous();
    }

    /// <summary>One sample for every member.</summary>
    /// <param name="input_B">[B, C, …].</param>
    /// <param name="members">Members.</param>
    /// <returns>[B, members·C, …].</returns>
    protected static Tensor Stack(Tensor input_B, int members) => cat([.. Enumerable.Repeat(input_B, members)], 1);
}
