namespace NeuroTrails.Metrics;

/// <summary>Mean over samples of Σ_c (p_c − y_c)², where y is 1 for the true class; 0 (perfect) to 2 (certain and wrong).</summary>
/// <remarks>Input: probabilities [C] and a label per sample. The sum runs over all classes, as Brier wrote it; some write the mean over
/// classes instead. Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", 1950.</remarks>
/// <example>Probabilities [0.7, 0.3] with label 0: 0.3² + 0.3² = 0.18.</example>
public sealed class Brier : IPredictionMetric
{
    private double _sum;

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value => MetricGuard.Mean(_sum, Count);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        var score = 0.0;
        for (var c = 0; c < probabilities_C.Length; c++)
        {
            var gap = probabilities_C[c] - (c == label ? 1 : 0);
            score += gap * gap;
        }

        if (double.IsNaN(score))
        {
            throw MetricGuard.NotANumber("The Brier score of a prediction", score);
        }

        _sum += score;
        Count++;
    }
}
