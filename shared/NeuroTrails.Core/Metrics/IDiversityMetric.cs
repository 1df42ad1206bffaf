namespace NeuroTrails.Metrics;

/// <summary>A figure about how much the heads of an ensemble differ, gathered one sample at a time.</summary>
/// <remarks>A single predictor has no diversity: its figure is absent, which is neither zero
/// (agreement between many) nor "not a number" (a fault).</remarks>
public interface IDiversityMetric
{
    /// <summary>Samples added so far.</summary>
    long Count { get; }

    /// <summary>The figure over all samples added so far; <see langword="null"/> with one head.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added yet.</exception>
    double? Value { get; }

    /// <summary>Adds one sample.</summary>
    /// <param name="probabilities_HC">Probabilities of the C classes by each of the H heads, head after head.</param>
    /// <exception cref="UserErrorException">A probability is not a number.</exception>
    void Add(ReadOnlySpan<double> probabilities_HC);
}
