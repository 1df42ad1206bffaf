namespace NeuroTrails.Metrics;

/// <summary>Mean gap between confidence and accuracy over 15 equal-width bins of confidence, weighted by samples; 0 to 1.</summary>
/// <remarks>
/// Input: probabilities [C] and a label per sample. Confidence is the largest probability. Bin k of K holds k/K &lt; confidence ≤ (k+1)/K.
/// Source: C. Guo et al., "On calibration of modern neural networks", arXiv 1706.04599.
/// </remarks>
/// <example>Confidences 0.95 (right) and 0.94 (wrong) share the last bin: |1 − 1.89| / 2 = 0.445.</example>
public sealed class ExpectedCalibrationError : IPredictionMetric
{
    /// <summary>Bins that everybody compares with.</summary>
    public const int DefaultBins = 15;

    private readonly double[] _confidence;
    private readonly long[] _correct;

    /// <summary>Starts an empty figure of <see cref="DefaultBins"/> bins.</summary>
    public ExpectedCalibrationError()
        : this(DefaultBins) { }

    /// <summary>Starts an empty figure.</summary>
    /// <param name="bins">Equal-width bins between 0 and 1, at least 1.</param>
    public ExpectedCalibrationError(int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        _confidence = new double[bins];
        _correct = new long[bins];
    }

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            var gaps = 0.0;
            for (var k = 0; k < _correct.Length; k++)
            {
                gaps += Math.Abs(_correct[k] - _confidence[k]);
            }

            return MetricGuard.Mean(gaps, Count);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        var predicted = ArgMax.Of(probabilities_C);
        var bin = BinOf(probabilities_C[predicted], _correct.Length);
        _confidence[bin] += probabilities_C[predicted];
        _correct[bin] += predicted == label ? 1 : 0;
        Count++;
    }

    /// <summary>The bin whose borders, as float64 quotients k/K, really enclose the confidence.</summary>
    internal static int BinOf(double confidence, int bins)
    {
        // The product rounds, so it only guesses; the borders decide.
        var bin = Math.Clamp((int)Math.Ceiling(confidence * bins) - 1, 0, bins - 1);
        while (bin > 0 && confidence <= (double)bin / bins)
        {
            bin--;
        }

        while (bin < bins - 1 && confidence > (bin + 1.0) / bins)
        {
            bin++;
        }

        return bin;
    }
}
