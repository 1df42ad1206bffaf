namespace NeuroTrails.Metrics;

/// <summary>Mean over classes of the calibration error of each class's probability, 15 equal-width bins; 0 to 1.</summary>
/// <remarks>
/// Input: probabilities [C] and a label per sample. For each class, the probability that it is given is compared with how often it is the
/// true one, in bins k/K &lt; probability ≤ (k+1)/K, weighted by samples; 0 falls in the first bin. Memory: 16 bytes for each class and
/// bin. Source: M. Kull et al., arXiv 1910.12656; J. Nixon et al., arXiv 1904.01685.
/// </remarks>
/// <example>[0.9, 0.1] with labels 0 and 1: class 0 |1 − 1.8| / 2 = 0.4, class 1 |1 − 0.2| / 2 = 0.4; mean 0.4.</example>
public sealed class ClassWiseCalibrationError : IPredictionMetric
{
    private const int Bins = ExpectedCalibrationError.DefaultBins;
    private double[] _given_CK = [];
    private long[] _true_CK = [];

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            var gaps = 0.0;
            for (var k = 0; k < _true_CK.Length; k++)
            {
                gaps += Math.Abs(_true_CK[k] - _given_CK[k]);
            }

            return MetricGuard.Mean(gaps / Math.Max(1, _true_CK.Length / Bins), Count);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        if (Count == 0)
        {
            (_given_CK, _true_CK) = (new double[probabilities_C.Length * Bins], new long[probabilities_C.Length * Bins]);
        }

        for (var c = 0; c < probabilities_C.Length; c++)
        {
            var at = (c * Bins) + ExpectedCalibrationError.BinOf(probabilities_C[c], Bins);
            _given_CK[at] += probabilities_C[c];
            _true_CK[at] += c == label ? 1 : 0;
        }

        Count++;
    }
}
