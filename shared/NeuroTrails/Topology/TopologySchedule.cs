using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>Which steps of a run are followed by a topology update.</summary>
internal static class TopologySchedule
{
    // topology.update_until is a decimal such as 0.7, whose product with the steps may fall a hair short of a whole step.
    private const double Dust = 1e-9;
    private const int UsualUpdates = 50;
    private const int LongestInterval = 1000;

    // Steps between updates: those of the options, else a fiftieth of the run, at least 1 and at most 1000.
    public static int Every(long totalSteps, TopologyOptions options) =>
        options.Every ?? (int)Math.Clamp(totalSteps / UsualUpdates, 1, LongestInterval);

    // Whether masks change after this step: every ΔT steps, until the share of the run that updates end at.
    public static bool IsUpdateStep(long step, long totalSteps, TopologyOptions options, Compatibility compatibility) =>
        options.Drop != DropRule.None
        && options.Density < 1
        && step % Every(totalSteps, options) == 0
        && step <= (totalSteps * options.UpdateUntil) + Dust
        && (step < totalSteps || (step == totalSteps && compatibility == Compatibility.Official));

    public static long Count(long totalSteps, TopologyOptions options, Compatibility compatibility)
    {
        if (options.Drop == DropRule.None || options.Density >= 1)
        {
            return 0;
        }

        var every = Every(totalSteps, options);
        var count = (long)Math.Floor((totalSteps * options.UpdateUntil) + Dust) / every;
        return count > 0 && count * every == totalSteps && compatibility != Compatibility.Official ? count - 1 : count;
    }
}
