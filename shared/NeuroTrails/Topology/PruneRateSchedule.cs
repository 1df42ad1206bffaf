using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>The prune rate's fall by half a cosine, from the first step to the end of the updates.</summary>
internal static class PruneRateSchedule
{
    // The rate is advanced once per step, before that step's update; the end rate exactly from the end of the fall on.
    public static double At(long step, long totalSteps, TopologyOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        var progress = Math.Min(1, step / (totalSteps * options.UpdateUntil));
        return options.PruneRateEnd + ((options.PruneRate - options.PruneRateEnd) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
