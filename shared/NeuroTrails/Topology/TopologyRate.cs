using NeuroTrails.Configuration;

namespace NeuroTrails.Topology;

/// <summary>How much an update changes.</summary>
/// <param name="PruneRate">Share of a tensor's active weights that is dropped, 0 to 1; see <see cref="PruneRateSchedule"/>.</param>
/// <param name="Temperature">Exponent of <see cref="DropRule.SoftMagnitude"/>, above 0; see <see cref="TemperatureSchedule"/>.</param>
/// <param name="Compatibility">How the share becomes a count; see <see cref="PruneCount"/>.</param>
public readonly record struct TopologyRate(double PruneRate, double Temperature, Compatibility Compatibility = Compatibility.GoodPractice)
{
    /// <summary>Weights dropped, and grown, of so many.</summary>
    /// <param name="active">Active weights of a tensor, at least 0.</param>
    public long Count(long active) => PruneCount.Of(active, PruneRate, Compatibility);
}
