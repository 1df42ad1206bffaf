using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>One prune-and-regrow update of one tensor, on the tensor's own device.</summary>
/// <remarks>
/// Nothing but counts and one magnitude travels to the host. A dropped position may be grown again at once and then keeps its value and
/// moments; truly new weights start at 0 with zero moments. Sources: Evci et al. 2020 (RigL), Mocanu et al. 2018 (SET).
/// </remarks>
internal static class TopologyUpdater
{
    /// <summary>Drops <c>ceil(rate · active)</c> weights and grows as many.</summary>
    /// <param name="parameter">The tensor with its mask and moments, all exactly 0 wherever masked. A dense one is left alone.</param>
    /// <param name="denseGradient">Gradient of every position at this step, unclipped and without weight decay; null where
    /// <see cref="TopologyOptions.Grow"/> needs none.</param>
    /// <param name="rate">How much of it changes.</param>
    /// <param name="options">The drop and the grow rule.</param>
    /// <param name="generator">The owner's own CPU generator.</param>
    /// <returns>Exact counts.</returns>
    /// <exception cref="ArithmeticException">The gradient is not finite; nothing was changed.</exception>
    /// <exception cref="TopologyInvariantException">Masked weights are not zero or the mask's
    /// count is wrong; nothing was changed.</exception>
    public static TopologyCounts Update(
        Parameter parameter,
        Tensor? denseGradient,
        TopologyRate rate,
        TopologyOptions options,
        Generator generator
    )
    {
        var k = rate.Count(parameter.Active);
        if (parameter.Mask is not { } mask || parameter.Active == parameter.Spec.Count || options.Drop == DropRule.None || k == 0)
        {
            return new(0, 0, parameter.Active);
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var scores = GrowSelection.Scores(parameter, denseGradient, options.Grow);
        var active = mask.flatten();
        var dropped = DropSelection.Of(
            parameter.Value.detach().flatten(),
            active,
            parameter.Active,
            k,
            options.Drop,
            rate.Temperature,
            generator
        );
        var survivors = dropped.logical_not_().logical_and_(active);
        var inactive = parameter.Spec.Count - parameter.Active + k;
        var next = GrowSelection
            .Of(scores, survivors.logical_not(), inactive, k, generator)
            .logical_or_(survivors)
            .view([.. parameter.Spec.Shape]);

        // Whoever was active and still is keeps everything; who left or is truly new is zero.
        // Filled, because a product would leave −0, which a checkpoint of non-zeros would not bring back.
        var changed = next.ne(mask);
        parameter.Value.masked_fill_(changed, Scalars.Zero);
        foreach (var moment in parameter.Moments.Values)
        {
            moment.masked_fill_(changed, Scalars.Zero);
        }

        mask.copy_(next);
        return new(k, k, parameter.Active);
    }
}
