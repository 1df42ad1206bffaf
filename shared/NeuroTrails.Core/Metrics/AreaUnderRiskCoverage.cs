namespace NeuroTrails.Metrics;

/// <summary>Mean error rate of a predictor that may abstain, over all shares of samples it answers
/// (AURC); 0 to 1, lower is better.</summary>
/// <remarks>
/// Input: probabilities [C] and a label per sample; every confidence is kept (16 bytes a sample) until the end. The mean over k = 1 … N of
/// the error rate among the k most confident samples. Samples of equal confidence count with their mean, the expectation over every order
/// among them. Source: Y. Geifman, G. Uziel, R. El-Yaniv, arXiv 1805.08206.
/// </remarks>
/// <example>Confidences 0.9 (right), 0.8 (wrong), 0.7 (right): (0 + 1/2 + 1/3) / 3 = 0.2777….</example>
public sealed class AreaUnderRiskCoverage : IPredictionMetric
{
    private readonly RankedConfidences _samples = new();

    /// <inheritdoc/>
    public long Count => _samples.Count;

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            var ranked = _samples.Ascending();
            var errors = 0.0;
            var risks = 0.0;
            for (var k = 1; k <= ranked.Length; k++)
            {
                errors += 1 - ranked[^k].Correct;
                risks += errors / k;
            }

            return MetricGuard.Mean(risks, ranked.Length);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label) => _samples.Add(probabilities_C, label);
}
