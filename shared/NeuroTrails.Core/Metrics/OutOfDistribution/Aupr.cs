namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>Area under the precision-recall curve with the foreign samples as the positive class, as average precision; 0 to 1.</summary>
/// <remarks>Input: a score per sample, higher = more foreign. Σ over thresholds of (recall gained) × (precision there), without
/// interpolation, which would flatter. Source: J. Davis, M. Goadrich, "The relationship between
/// precision-recall and ROC curves", 2006.</remarks>
/// <example>Known 1, 2; foreign 2, 3: at 3 recall ½ at precision 1; at 2 recall ½ more at precision ⅔; 0.8333….</example>
public static class Aupr
{
    /// <summary>Computes the area.</summary>
    /// <param name="known">Scores of samples from the model's own distribution.</param>
    /// <param name="foreign">Scores of samples from another.</param>
    /// <exception cref="UserErrorException">One kind is missing, or a score is not a number.</exception>
    public static double Of(IReadOnlyList<double> known, IReadOnlyList<double> foreign)
    {
        var area = 0.0;
        var before = 0L;
        foreach (var (found, falseAlarms) in ThresholdCurve.Sweep(known, foreign))
        {
            area += (found - before) * ((double)found / (found + falseAlarms));
            before = found;
        }

        return area / foreign.Count;
    }
}
