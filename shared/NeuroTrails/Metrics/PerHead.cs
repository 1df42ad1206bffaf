namespace NeuroTrails.Metrics;

/// <summary>One metric for every head by itself, such as per-head accuracy.</summary>
/// <typeparam name="TMetric">The metric, for example <see cref="Accuracy"/>.</typeparam>
/// <remarks>Input: probabilities [H, C] and a label per sample.</remarks>
/// <example><c>new PerHead&lt;Accuracy&gt;(3)</c> gives three accuracies.</example>
public sealed class PerHead<TMetric>
    where TMetric : IPredictionMetric, new()
{
    private readonly TMetric[] _metrics;

    /// <summary>Starts an empty figure for each head.</summary>
    /// <param name="heads">H, at least 1.</param>
    public PerHead(int heads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        _metrics = new TMetric[heads];
        for (var h = 0; h < heads; h++)
        {
            _metrics[h] = new TMetric();
        }
    }

    /// <summary>The figures of heads 0 to H−1 over all samples added so far.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added yet.</exception>
    public IReadOnlyList<double> Values => Array.ConvertAll(_metrics, static metric => metric.Value);

    /// <summary>Adds one sample.</summary>
    /// <param name="probabilities_HC">Probabilities of the C classes by each of the H heads, head after head.</param>
    /// <param name="label">Index of the true class, 0 to C−1.</param>
    public void Add(ReadOnlySpan<double> probabilities_HC, int label)
    {
        var classes = MetricGuard.Classes(probabilities_HC.Length, _metrics.Length);
        for (var h = 0; h < _metrics.Length; h++)
        {
            _metrics[h].Add(probabilities_HC.Slice(h * classes, classes), label);
        }
    }
}
