namespace NeuroTrails.Metrics;

/// <summary>Mean gap between confidence and accuracy over 15 bins that hold equally many samples; 0 to 1.</summary>
/// <remarks>
/// Input: probabilities [C] and a label per sample; every confidence is kept (16 bytes a sample) until the end. Ranked from the least to
/// the most confident, bin k of K holds the ranks from ⌊kN/K⌋ to ⌊(k+1)N/K⌋. Samples of equal confidence are exchangeable: each counts with
/// the mean accuracy of them all, so that the order of the data does not matter. Source: K. Nguyen, B. O'Connor, 2015 (arXiv 1508.05154);
/// top-label form as in J. Nixon et al., arXiv 1904.01685.
/// </remarks>
/// <example>With 2 bins, confidences 0.6 (wrong), 0.7 (right), 0.8 (right), 0.9 (right): (|1 − 1.3| + |2 − 1.7|) / 4 = 0.15.</example>
public sealed class AdaptiveCalibrationError : IPredictionMetric
{
    private readonly RankedConfidences _samples = new();
    private readonly int _bins;

    /// <summary>Starts an empty figure.</summary>
    /// <param name="bins">Equal-count bins, at least 1.</param>
    public AdaptiveCalibrationError(int bins = ExpectedCalibrationError.DefaultBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        _bins = bins;
    }

    /// <inheritdoc/>
    public long Count => _samples.Count;

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            var ranked = _samples.Ascending();
            var gaps = 0.0;
            for (var k = 0L; k < _bins; k++)
            {
                var gap = 0.0;
                for (var i = k * ranked.Length / _bins; i < (k + 1) * ranked.Length / _bins; i++)
                {
                    gap += ranked[i].Correct - ranked[i].Confidence;
                }

                gaps += Math.Abs(gap);
            }

            return MetricGuard.Mean(gaps, ranked.Length);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label) => _samples.Add(probabilities_C, label);
}
