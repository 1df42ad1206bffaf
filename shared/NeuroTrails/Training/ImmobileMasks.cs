using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Topology;

namespace NeuroTrails.Training;

/// <summary>Says at the start that a sparse run will not move its masks although it is meant to.</summary>
public static class ImmobileMasks
{
    /// <summary>One sentence about a run that ends before its first topology update.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <returns>Null where masks move, where there are none, or where <c>topology.drop: none</c> keeps them.</returns>
    public static string? Notice(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var topology = plan.Options.Topology;
        if (
            plan.Budgets.Count == 0
            || topology.Drop == DropRule.None
            || TopologySchedule.Count(plan.TotalSteps, topology, plan.Options.Compatibility) > 0
        )
        {
            return null;
        }

        var until =
            topology.UpdateUntil < 1
                ? string.Create(CultureInfo.InvariantCulture, $", of which the first {topology.UpdateUntil:0.####} update masks")
                : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"the masks will never move: topology.every is {topology.Every}, but the run has {plan.TotalSteps} "
                + $"{(plan.TotalSteps == 1 ? "step" : "steps")}{until}. Lower topology.every, or set topology.drop=none if they shall not."
        );
    }
}
