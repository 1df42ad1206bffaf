using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Silo.Placement;

/// <summary>Bytes that a training step sends between silos, for a layout: what <c>execution.share: auto</c> decides by.</summary>
/// <remarks>
/// Bytes only: with silos on machines of their own both ways take one backbone pass and the slowest head's, one after the other. On shared
/// cores replicas cost what the backbone costs, once more for each.
/// </remarks>
internal static class SharingCost
{
    private const int BytesPerLabel = 8;

    // Where activations are shared: the activation to every other silo with heads, labels to each of those, and a gradient back from each.
    public static long OfActivations(RunPlan plan, IReadOnlyDictionary<OwnerId, OwnerLocation> layout)
    {
        var silos = ReplicaLayout.Of(layout, sharesGradients: true).Replicas;
        var activation = (long)plan.Backbone.Output.Length * MessageSize.Bytes(plan.HandOver);
        return plan.Options.Training.Batch
            * ((silos.Count * activation) + (silos.Sum(silo => silo.Heads.Length) * (activation + BytesPerLabel)));
    }

    // Where gradients are shared: the active gradients from every replica, their sum and the running statistics back; every position on
    // steps that need them all.
    public static double OfGradients(RunPlan plan, IReadOnlyDictionary<OwnerId, OwnerLocation> layout)
    {
        var active = ReplicaGradients.ActiveCount(plan);
        var all = plan.Backbone.Parameters.Sum(spec => spec.Count);
        var statistics = plan.Backbone.Tensors.Where(spec => spec.Role == TensorRole.Buffer).Sum(spec => spec.Count);
        var needsAll = ShareOfDenseSteps(plan);
        var gradients = (needsAll * all) + ((1 - needsAll) * active);
        return ReplicaLayout.Of(layout, sharesGradients: true).Replicas.Count
            * ((2 * gradients) + statistics)
            * MessageSize.Bytes(plan.MasterType);
    }

    // The way that sends fewer bytes; activations where both send the same, as they do in one silo.
    public static Sharing Choose(RunPlan plan, IReadOnlyDictionary<OwnerId, OwnerLocation> layout) =>
        OfGradients(plan, layout) < OfActivations(plan, layout) ? Sharing.Gradients : Sharing.Activations;

    private static double ShareOfDenseSteps(RunPlan plan)
    {
        // The first steps are like the others; a run of millions need not be counted through.
        var looked = Math.Min(plan.TotalSteps, 10_000);
        var dense = 0L;
        for (var step = 1L; step <= looked; step++)
        {
            dense += plan.NeedsDenseGradients(step) ? 1 : 0;
        }

        return (double)dense / looked;
    }
}
