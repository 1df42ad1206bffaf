namespace NeuroTrails.Metrics.OutOfDistribution;

/// <summary>Area under the receiver operating characteristic: the chance that a foreign sample scores above a known one, ties counting
/// half; 0 to 1.</summary>
/// <remarks>Input: a score per sample, higher = more foreign. Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a
/// ROC curve", 1982.</remarks>
/// <example>Known 1, 2; foreign 2, 3: of four pairs three are right and one ties, 0.875.</example>
public static class Auroc
{
    /// <summary>Computes the area.</summary>
    /// <param name="known">Scores of samples from the model's own distribution.</param>
    /// <param name="foreign">Scores of samples from another.</param>
    /// <exception cref="UserErrorException">One kind is missing, or a score is not a number.</exception>
    public static double Of(IReadOnlyList<double> known, IReadOnlyList<double> foreign)
    {
        var area = 0.0;
        var previous = default(ThresholdCurve.Point);
        foreach (var point in ThresholdCurve.Sweep(known, foreign))
        {
            // In units of pairs: foreign found before outrank these known samples; found at the same threshold, they tie.
            area += (point.FalseAlarms - previous.FalseAlarms) * (point.Found + previous.Found) * 0.5;
            previous = point;
        }

        return area / known.Count / foreign.Count;
    }
}
