namespace NeuroTrails.Metrics;

/// <summary>How often samples of each class were taken for each class.</summary>
/// <remarks>The class that is predicted is the most probable one; ties count for the lowest index, as in <see cref="Accuracy"/>.</remarks>
/// <example>Predictions [0.9, 0.1] and [0.4, 0.6] with labels 0 and 0: counts [1, 1, 0, 0].</example>
/// <param name="classes">C, at least 1.</param>
public sealed class ConfusionCounts(int classes)
{
    private readonly long[] _counts_CC = new long[(long)classes * classes];

    /// <summary>Samples by true class, then by predicted class [C·C].</summary>
    public IReadOnlyList<long> Values => _counts_CC;

    /// <summary>Adds one sample.</summary>
    /// <param name="probabilities_C">Probabilities of the C classes, summing to 1.</param>
    /// <param name="label">Index of the true class, 0 to C−1.</param>
    /// <exception cref="UserErrorException">The label is no class.</exception>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, classes);
        _counts_CC[(label * classes) + ArgMax.Of(probabilities_C)]++;
    }
}
