namespace NeuroTrails.Metrics;

/// <summary>A figure about one predictor's probabilities against the truth, gathered one sample at a time.</summary>
/// <remarks>
/// Sums are kept in float64 over samples, in the order in which they are added, and are divided once at the end. A figure therefore never
/// depends on how the samples were cut into batches, not even in its last bit.
/// </remarks>
public interface IPredictionMetric
{
    /// <summary>Samples added so far.</summary>
    long Count { get; }

    /// <summary>The figure over all samples added so far.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added yet.</exception>
    double Value { get; }

    /// <summary>Adds one sample.</summary>
    /// <param name="probabilities_C">Probabilities of the C classes, summing to 1.</param>
    /// <param name="label">Index of the true class, 0 to C−1.</param>
    /// <exception cref="UserErrorException">A probability is not a number, or the label is no class.</exception>
    void Add(ReadOnlySpan<double> probabilities_C, int label);
}
