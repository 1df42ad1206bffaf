using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>The prune rate's fall by half a cosine, from the first step to the end of the updates.</summary>
public static class PruneRateSchedule
{
    /// <summary>Share of the active weights that an update after this step drops.</summary>
    /// <param name="step">The step that has just been made, from 1. The rate is advanced
    /// once per step, before that step's update.</param>
    /// <param name="totalSteps">Steps of the run, at least 1.</param>
    /// <param name="options">Start, end, and the share of the run over which the rate falls.</param>
    /// <returns>Between <see cref="TopologyOptions.PruneRate"/> and <see cref="TopologyOptions.PruneRateEnd"/>; the end rate exactly from
    /// the end of the fall on.</returns>
    public static double At(long step, long totalSteps, TopologyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        var progress = Math.Min(1, step / (totalSteps * options.UpdateUntil));
        return options.PruneRateEnd + ((options.PruneRate - options.PruneRateEnd) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
