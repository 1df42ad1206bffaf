namespace NeuroTrails.Metrics;

/// <summary>Share of samples whose true class is among the five most probable, 0 to 1; 1 where there are no more than five.</summary>
/// <remarks>Input: probabilities [C] and a label per sample. Of equal probabilities the lower class index ranks first. Source: the common
/// definition (ILSVRC).</remarks>
/// <example>Probabilities [0.3, 0.2, 0.15, 0.15, 0.1, 0.1]: label 4 is in, label 5 is not.</example>
public sealed class TopFiveAccuracy : IPredictionMetric
{
    private const int Places = 5;
    private long _correct;

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value => MetricGuard.Mean(_correct, Count);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        var before = 0;
        for (var c = 0; c < probabilities_C.Length; c++)
        {
            var ranksFirst = probabilities_C[c] > probabilities_C[label] || (probabilities_C[c] == probabilities_C[label] && c < label);
            before += ranksFirst ? 1 : 0;
        }

        _correct += before < Places ? 1 : 0;
        Count++;
    }
}
