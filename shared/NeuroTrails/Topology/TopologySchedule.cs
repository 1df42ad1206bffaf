using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>Which steps of a run are followed by a topology update.</summary>
public static class TopologySchedule
{
    // topology.update_until is a decimal such as 0.7, whose product with the steps may fall a hair short of a whole step.
    private const double Dust = 1e-9;
    private const int UsualUpdates = 50;
    private const int LongestInterval = 1000;

    /// <summary>Steps between updates: those of the options, else a fiftieth of the run, at least 1 and at most 1000.</summary>
    /// <param name="totalSteps">Steps of the run, at least 1.</param>
    /// <param name="options">ΔT, or none.</param>
    public static int Every(long totalSteps, TopologyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Every ?? (int)Math.Clamp(totalSteps / UsualUpdates, 1, LongestInterval);
    }

    /// <summary>Whether masks change after this step: every ΔT steps, until the share of the run that updates end at.</summary>
    /// <param name="step">The step that has just been made, from 1.</param>
    /// <param name="totalSteps">Steps of the run, at least 1.</param>
    /// <param name="options">Density, drop rule, ΔT and end of updates.</param>
    /// <param name="compatibility">The published code also updates at the very last step, although nobody trains what it grows.</param>
    public static bool IsUpdateStep(long step, long totalSteps, TopologyOptions options, Compatibility compatibility)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Drop != DropRule.None
            && options.Density < 1
            && step % Every(totalSteps, options) == 0
            && step <= (totalSteps * options.UpdateUntil) + Dust
            && (step < totalSteps || (step == totalSteps && compatibility == Compatibility.Official));
    }

    /// <summary>Number of updates that a run makes.</summary>
    /// <param name="totalSteps">Steps of the run, at least 1.</param>
    /// <param name="options">Density, drop rule, ΔT and end of updates.</param>
    /// <param name="compatibility">As for <see cref="IsUpdateStep"/>.</param>
    public static long Count(long totalSteps, TopologyOptions options, Compatibility compatibility)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Drop == DropRule.None || options.Density >= 1)
        {
            return 0;
        }

        var every = Every(totalSteps, options);
        var count = (long)Math.Floor((totalSteps * options.UpdateUntil) + Dust) / every;
        return count > 0 && count * every == totalSteps && compatibility != Compatibility.Official ? count - 1 : count;
    }
}
