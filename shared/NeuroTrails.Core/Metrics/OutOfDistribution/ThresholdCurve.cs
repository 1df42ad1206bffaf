namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>What a detector flags at every threshold between different scores, from the strictest to the laxest.</summary>
internal static class ThresholdCurve
{
    /// <summary>One threshold: flagged foreign samples (rightly) and flagged known samples (wrongly).</summary>
    public readonly record struct Point(long Found, long FalseAlarms);

    /// <summary>Sweeps the threshold downwards. Equal scores are flagged together, because no threshold lies between them.</summary>
    public static IEnumerable<Point> Sweep(IReadOnlyList<double> known, IReadOnlyList<double> foreign)
    {
        if (known.Count == 0 || foreign.Count == 0)
        {
            throw new UserErrorException(
                $"Detection needs samples of both kinds; there are {known.Count} from the model's own data and {foreign.Count} from "
                    + "foreign data."
            );
        }

        return Walk(Descending(known), Descending(foreign));
    }

    private static IEnumerable<Point> Walk(double[] known, double[] foreign)
    {
        int found = 0,
            falseAlarms = 0;
        while (found < foreign.Length || falseAlarms < known.Length)
        {
            var threshold = Math.Max(
                found < foreign.Length ? foreign[found] : double.NegativeInfinity,
                falseAlarms < known.Length ? known[falseAlarms] : double.NegativeInfinity
            );
            while (found < foreign.Length && foreign[found] >= threshold)
            {
                found++;
            }

            while (falseAlarms < known.Length && known[falseAlarms] >= threshold)
            {
                falseAlarms++;
            }

            yield return new(found, falseAlarms);
        }
    }

    private static double[] Descending(IReadOnlyList<double> scores)
    {
        double[] sorted = [.. scores];
        foreach (var score in sorted)
        {
            if (double.IsNaN(score))
            {
                throw MetricGuard.NotANumber("A score", score);
            }
        }

        Array.Sort(sorted);
        Array.Reverse(sorted);
        return sorted;
    }
}
