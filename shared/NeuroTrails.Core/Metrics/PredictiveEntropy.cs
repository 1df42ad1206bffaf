namespace NeuroTrails.Metrics;

/// <summary>Mean over samples of the entropy of the prediction, in nats: total uncertainty.</summary>
/// <remarks>Input: probabilities [C] per sample; the label is not looked at. Source: A. Kendall, Y. Gal, arXiv 1703.04977.</remarks>
/// <example>Predictions [0.5, 0.5] and [1, 0]: (ln 2 + 0) / 2 = 0.3465….</example>
public sealed class PredictiveEntropy : IPredictionMetric
{
    private double _sum;

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value => MetricGuard.Mean(_sum, Count);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        _sum += Entropy.Of(probabilities_C);
        Count++;
    }
}
