using System.Globalization;
using NeuroTrails.Models;

namespace NeuroTrails.Training;

/// <summary>What widening a sparse network to the dense one's FLOPs has come to: the ends of a network, which are widened on one side
/// alone, keep it from being exact.</summary>
public static class IsoFlops
{
    /// <summary>Floating-point operations of a prediction for one sample by all that is trained at a time: as it is, and without masks and
    /// widening. Null for a run that is not widened so.</summary>
    /// <param name="plan">The run's plan.</param>
    public static (long Own, long Dense)? Of(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.Options.Topology.IsoFlops)
        {
            return null;
        }

        var options = plan.Options with { Topology = plan.Options.Topology with { IsoFlops = false, Density = 1.0 } };
        var (backbone, head) = plan.Method.Cut(plan.Method.Build(plan.Models, options, plan.Data), options.Ensemble);
        return (2 * plan.Size.ActiveMacs, 2 * (Macs(backbone) + (plan.Heads * Macs(head))));

        static long Macs(NetworkPart part) => NetworkSize.Of(part.Parameters.Select(spec => (spec, spec.Count))).Macs;
    }

    /// <summary>The same as a sentence: <c>layers 1.414 times as wide, sparse: …</c>; null for a run that is not widened
    /// so.</summary>
    /// <param name="plan">The run's plan.</param>
    public static string? Notice(RunPlan plan)
    {
        if (Of(plan) is not { } flops)
        {
            return null;
        }

        var difference = 100.0 * (flops.Own - flops.Dense) / flops.Dense;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"layers {1 / Math.Sqrt(plan.Options.Topology.Density):0.###} times as wide, sparse: {flops.Own:N0} FLOPs a prediction, the "
                + $"dense network {flops.Dense:N0} ({difference:+0.0;−0.0;0.0} %)"
        );
    }
}
