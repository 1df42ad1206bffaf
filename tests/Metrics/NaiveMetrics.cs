namespace NeuroTrails.Tests.Metrics;

/// <summary>The definitions written down as plainly as possible, as a reference: quadratic loops, no streaming.</summary>
internal static class NaiveMetrics
{
    public static int First(double[] p) => Array.IndexOf(p, p.Max());

    public static double Nll(double[][] p, long[] y) => p.Select((row, b) => -Math.Log(row[y[b]])).Average();

    public static double Brier(double[][] p, long[] y) =>
        p.Select((row, b) => row.Select((value, c) => Math.Pow(value - (c == y[b] ? 1 : 0), 2)).Sum()).Average();

    public static double Accuracy(double[][] p, long[] y) => p.Select((row, b) => First(row) == y[b] ? 1.0 : 0.0).Average();

    public static double Ece(double[][] p, long[] y, int bins)
    {
        var error = 0.0;
        for (var k = 0; k < bins; k++)
        {
            var inside = Enumerable
                .Range(0, p.Length)
                .Where(b => p[b].Max() > (double)k / bins && (p[b].Max() <= (k + 1.0) / bins || k == bins - 1))
                .ToArray();
            if (inside.Length > 0)
            {
                var accuracy = inside.Average(b => First(p[b]) == y[b] ? 1.0 : 0.0);
                error += inside.Length / (double)p.Length * Math.Abs(accuracy - inside.Average(b => p[b].Max()));
            }
        }

        return error;
    }

    /// <summary>Each sample belongs to a bin with the share of the ranks it may hold that lie in that bin.</summary>
    public static double TopFive(double[][] p, long[] y) =>
        p.Select(
                (row, b) =>
                    row.Select((value, c) => (value, c)).OrderByDescending(t => t.value).ThenBy(t => t.c).Take(5).Any(t => t.c == y[b])
                        ? 1.0
                        : 0
            )
            .Average();

    public static double ClassWiseEce(double[][] p, long[] y, int bins) =>
        Enumerable
            .Range(0, p[0].Length)
            .Average(c =>
                Enumerable
                    .Range(0, bins)
                    .Sum(k =>
                    {
                        var inside = Enumerable
                            .Range(0, p.Length)
                            .Where(b => (p[b][c] > (double)k / bins || k == 0) && p[b][c] <= (k + 1.0) / bins)
                            .ToArray();
                        return Math.Abs(inside.Sum(b => (y[b] == c ? 1.0 : 0) - p[b][c]));
                    }) / p.Length
            );

    public static double AdaptiveEce(double[][] p, long[] y, int bins)
    {
        var confidences = p.Select(row => row.Max()).ToArray();
        var error = 0.0;
        for (var k = 0; k < bins; k++)
        {
            int start = k * p.Length / bins,
                end = (k + 1) * p.Length / bins;
            var gap = 0.0;
            for (var b = 0; b < p.Length; b++)
            {
                var below = confidences.Count(other => other < confidences[b]);
                var equal = confidences.Count(other => other == confidences[b]);
                var overlap = Math.Max(0, Math.Min(end, below + equal) - Math.Max(start, below));
                gap += overlap / (double)equal * ((First(p[b]) == y[b] ? 1 : 0) - confidences[b]);
            }

            error += Math.Abs(gap);
        }

        return error / p.Length;
    }

    /// <summary>Mean over k of the expected error rate among the k most confident, over all orders of equal confidences.</summary>
    public static double Aurc(double[][] p, long[] y)
    {
        var confidences = p.Select(row => row.Max()).ToArray();
        var aboves = confidences.Select(confidence => confidences.Count(other => other > confidence)).ToArray();
        var equals = confidences.Select(confidence => confidences.Count(other => other == confidence)).ToArray();
        var total = 0.0;
        for (var k = 1; k <= p.Length; k++)
        {
            var errors = 0.0;
            for (var b = 0; b < p.Length; b++)
            {
                var chance = Math.Clamp((k - aboves[b]) / (double)equals[b], 0, 1);
                errors += First(p[b]) == y[b] ? 0 : chance;
            }

            total += errors / k;
        }

        return total / p.Length;
    }

    public static double Entropy(double[] p) => -p.Where(value => value > 0).Sum(value => value * Math.Log(value));

    public static double Auroc(double[] known, double[] foreign) =>
        (
            from k in known
            from f in foreign
            select f > k ? 1.0
            : f == k ? 0.5
            : 0
        ).Average();

    public static double Aupr(double[] known, double[] foreign)
    {
        double area = 0,
            recallBefore = 0;
        foreach (var threshold in known.Concat(foreign).Distinct().OrderDescending())
        {
            double found = foreign.Count(f => f >= threshold),
                wrong = known.Count(k => k >= threshold);
            area += ((found / foreign.Length) - recallBefore) * found / (found + wrong);
            recallBefore = found / foreign.Length;
        }

        return area;
    }

    public static double Fpr95(double[] known, double[] foreign) =>
        known
            .Concat(foreign)
            .Distinct()
            .Where(threshold => foreign.Count(f => f >= threshold) / (double)foreign.Length >= 0.95)
            .Min(threshold => known.Count(k => k >= threshold) / (double)known.Length);
}
