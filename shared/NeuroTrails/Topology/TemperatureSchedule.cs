using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>The exponent T of <see cref="DropRule.SoftMagnitude"/> over a run: linear from its first value to its last.</summary>
internal static class TemperatureSchedule
{
    public static double At(long step, long totalSteps, TopologyOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        var values = options.Temperature;
        if (values.Count is not (1 or 2) || values.Any(value => !(value > 0) || double.IsInfinity(value)))
        {
            throw new UserErrorException(
                $"topology.temperature is [{string.Join(", ", values)}]; allowed are one or two numbers above 0 (first and last step). "
                    + "Change topology.temperature."
            );
        }

        var progress = totalSteps == 1 ? 0 : Math.Min(1, (step - 1.0) / (totalSteps - 1));
        return values[0] + ((values[^1] - values[0]) * progress);
    }
}
