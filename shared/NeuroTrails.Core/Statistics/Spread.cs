namespace NeuroTrails.Statistics;

/// <summary>Mean and spread of some values.</summary>
/// <param name="Count">Values n, at least 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Sample standard deviation, with n − 1; absent for one value.</param>
public sealed record Spread(int Count, double Mean, double? Deviation)
{
    /// <summary>Mean and spread of values.</summary>
    /// <param name="values">At least one.</param>
    public static Spread Of(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values?.Count ?? 0, nameof(values));
        var mean = values!.Average();
        return new(
            values!.Count,
            mean,
            values.Count < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1))
        );
    }
}

/// <summary>An interval that covers a figure with some confidence.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High);
