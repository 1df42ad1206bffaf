using MathNet.Numerics.Distributions;

namespace NeuroTrails.Statistics;

/// <summary>Student's paired t test, two-sided: whether the mean of differences is other than zero.</summary>
/// <param name="Pairs">Pairs n, at least 1.</param>
/// <param name="Difference">Mean of the first's values less the second's.</param>
/// <param name="Interval">Where that mean lies, with the confidence asked for; absent for one pair and for equal differences.</param>
/// <param name="P">Probability of a difference at least as large were there none, 0 to 1; absent likewise.</param>
public sealed record PairedTTest(int Pairs, double Difference, Interval? Interval, double? P)
{
    // A spread below it is that of rounding.
    private const double Rounding = 1e-12;

    /// <summary>Compares values that belong together, such as those of two methods with the same seed.</summary>
    /// <param name="first">At least one value.</param>
    /// <param name="second">As many, in the same order.</param>
    /// <param name="confidence">Of the interval, between 0 and 1.</param>
    /// <remarks>Differences that are all equal say nothing of how they spread: with them there is neither interval nor p.</remarks>
    public static PairedTTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Count, first.Count);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var spread = Spread.Of([.. first.Zip(second, (a, b) => a - b)]);
        if (spread.Deviation is not { } deviation || deviation <= Rounding * Math.Abs(spread.Mean))
        {
            return new(spread.Count, spread.Mean, null, null);
        }

        var freedom = spread.Count - 1;
        var error = deviation / Math.Sqrt(spread.Count);
        var half = error * StudentT.InvCDF(0, 1, freedom, 0.5 + (confidence / 2));
        return new(
            spread.Count,
            spread.Mean,
            new(spread.Mean - half, spread.Mean + half),
            2 * StudentT.CDF(0, 1, freedom, -Math.Abs(spread.Mean) / error)
        );
    }
}
