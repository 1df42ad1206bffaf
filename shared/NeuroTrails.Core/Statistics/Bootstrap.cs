using NeuroTrails.Data;

namespace NeuroTrails.Statistics;

/// <summary>Intervals by drawing samples again, with replacement: percentiles of the mean over the draws.</summary>
public static class Bootstrap
{
    /// <summary>Draws where nothing else is asked for.</summary>
    public const int Draws = 1000;

    /// <summary>Where the mean of a figure lies, had other samples been drawn from the same source.</summary>
    /// <param name="values">The figure of each sample, at least one.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="draws">How many, at least 1.</param>
    public static Interval Mean(IReadOnlyList<double> values, double confidence, long seed, int draws = Draws)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values?.Count ?? 0, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var random = new CounterRandom(seed, RandomStream.Bootstrap);
        var means = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < values!.Count; i++)
            {
                sum += values[random.NextInt32(values.Count)];
            }

            means[draw] = sum / values.Count;
        }

        Array.Sort(means);
        return new(Quantile(means, (1 - confidence) / 2), Quantile(means, (1 + confidence) / 2));
    }

    /// <summary>Where the difference of two means lies, had other samples been drawn: the same ones for both (paired bootstrap).</summary>
    /// <param name="first">A figure of each sample, at least one.</param>
    /// <param name="second">The figure that is taken away, of the same samples in the same order.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="draws">How many, at least 1.</param>
    public static Interval Difference(
        IReadOnlyList<double> first,
        IReadOnlyList<double> second,
        double confidence,
        long seed,
        int draws = Draws
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Count, first.Count);

        // The mean of differences is the difference of means, in every draw.
        return Mean([.. first.Zip(second, (one, other) => one - other)], confidence, seed, draws);
    }

    /// <summary>A quantile of sorted values, linear between neighbours.</summary>
    /// <param name="sorted">At least one value, ascending.</param>
    /// <param name="share">0 to 1.</param>
    public static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted?.Count ?? 0, nameof(sorted));
        var at = share * (sorted!.Count - 1);
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
