namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>Share of known samples that are flagged when the threshold is just low enough to flag
/// 95 % of the foreign ones; 0 to 1, lower is better.</summary>
/// <remarks>Input: a score per sample, higher = more foreign. No interpolation between thresholds. Source: S. Liang, Y. Li, R. Srikant
/// (ODIN), arXiv 1706.02690, with the foreign samples as the positive class.</remarks>
/// <example>Known 1, 2; foreign 2, 3: finding 95 % of two means both, at threshold 2, which flags one of two known: 0.5.</example>
public static class Fpr95
{
    /// <summary>Computes the share.</summary>
    /// <param name="known">Scores of samples from the model's own distribution.</param>
    /// <param name="foreign">Scores of samples from another.</param>
    /// <exception cref="UserErrorException">One kind is missing, or a score is not a number.</exception>
    public static double Of(IReadOnlyList<double> known, IReadOnlyList<double> foreign)
    {
        foreach (var (found, falseAlarms) in ThresholdCurve.Sweep(known, foreign))
        {
            // In whole numbers: 0.95 · 20 must be 19, not a hair more.
            if (found * 100L >= foreign.Count * 95L)
            {
                return (double)falseAlarms / known.Count;
            }
        }

        return 1;
    }
}
