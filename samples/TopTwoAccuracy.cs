using NeuroTrails.Metrics;

namespace NeuroTrails.Samples;

/// <summary>Share of samples whose true class is among the two most probable; 0 to 1.</summary>
public sealed class TopTwoAccuracy : IPredictionMetric
{
    private long _correct;

    /// <summary>What to register: <c>metrics.Register(TopTwoAccuracy.Definition)</c>.</summary>
    public static MetricDefinition Definition { get; } =
        MetricDefinition.OfPredictions("top_two_accuracy", "top two", () => new TopTwoAccuracy(), ofHeads: true);

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value => MetricGuard.Mean(_correct, Count);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        var better = 0;
        for (var c = 0; c < probabilities_C.Length; c++)
        {
            // Of equal probabilities the lower index ranks first, as everywhere.
            var ranksFirst = probabilities_C[c] > probabilities_C[label] || (probabilities_C[c] == probabilities_C[label] && c < label);
            better += ranksFirst ? 1 : 0;
        }

        _correct += better < 2 ? 1 : 0;
        Count++;
    }
}
