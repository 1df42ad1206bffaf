namespace NeuroTrails.Metrics;

/// <summary>Share of samples whose most probable class is the true one, 0 to 1.</summary>
/// <remarks>Input: probabilities [C] and a label per sample. Ties count for the lowest class
/// index. Source: the common definition (top-1).</remarks>
/// <example>Predictions [0.9, 0.1] and [0.4, 0.6] with labels 0 and 0: accuracy 0.5.</example>
public sealed class Accuracy : IPredictionMetric
{
    private long _correct;

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value => MetricGuard.Mean(_correct, Count);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        if (ArgMax.Of(probabilities_C) == label)
        {
            _correct++;
        }

        Count++;
    }
}
