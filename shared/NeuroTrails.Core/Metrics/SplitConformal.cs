namespace NeuroTrails.Metrics;

/// <summary>How sets that hold the true class with a promised probability did on samples that they were not calibrated on.</summary>
/// <param name="Alpha">Share of samples whose set may miss the true class, above 0 and below 1.</param>
/// <param name="Threshold">A class is in the set where 1 − p is at most this; 1 means every class.</param>
/// <param name="Coverage">Share of the test samples whose set holds the true class, 0 to 1.</param>
/// <param name="MeanSetSize">Classes in a set, mean over the test samples, 0 to C.</param>
/// <param name="CalibrationSamples">Samples that the threshold comes from.</param>
/// <param name="TestSamples">Samples that coverage and size come from.</param>
public sealed record SplitConformalReport(
    double Alpha,
    double Threshold,
    double Coverage,
    double MeanSetSize,
    int CalibrationSamples,
    int TestSamples
);

/// <summary>Split conformal prediction: sets of classes that hold the true one in a share 1 − α of samples, whatever the model.</summary>
/// <remarks>
/// The score of a class is 1 − p. The threshold is the k-th smallest score of the true class among n calibration samples, k = ⌈(n+1)(1−α)⌉.
/// Where k is above n, which is where n is below (1−α)/α (9 samples at α = 0.1), no score suffices and the set is every class. The promise
/// holds for samples that are exchangeable with the calibration samples. A set may be empty. Sources: V. Vovk et al., "Algorithmic
/// learning in a random world", 2005; the score: M. Sadinle et al., arXiv 1609.00451.
/// </remarks>
/// <example>Scores 0.1, 0.2, … 0.9 and α = 0.1: k = ⌈10 · 0.9⌉ = 9, so classes of probability 0.1 and above are in the set.</example>
public static class SplitConformal
{
    /// <summary>α where none is given.</summary>
    public const double DefaultAlpha = 0.1;

    /// <summary>The threshold from calibration samples.</summary>
    /// <param name="probabilities_NC">Probabilities of the C classes, sample after sample.</param>
    /// <param name="labels_N">True classes, each 0 to C−1; there may be none, and the threshold is then 1.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="alpha">Above 0, below 1.</param>
    /// <returns>0 to 1; 1 where there are too few samples: every class is then in the set.</returns>
    /// <exception cref="UserErrorException">A probability is not in 0 to 1, or a label is no class.</exception>
    public static double Threshold(
        ReadOnlySpan<double> probabilities_NC,
        ReadOnlySpan<long> labels_N,
        int classes,
        double alpha = DefaultAlpha
    )
    {
        if (!(alpha > 0 && alpha < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α lies between 0 and 1.");
        }

        Check(probabilities_NC, labels_N, classes);
        var scores_N = new double[labels_N.Length];
        for (var i = 0; i < scores_N.Length; i++)
        {
            scores_N[i] = 1 - probabilities_NC[(i * classes) + (int)labels_N[i]];
        }

        Array.Sort(scores_N);
        // In decimals, in which 10 · (1 − 0.1) is 9 and no hair more.
        var k = (int)Math.Ceiling((scores_N.Length + 1) * (1 - (decimal)alpha));
        return k <= scores_N.Length ? scores_N[Math.Max(1, k) - 1] : 1;
    }

    /// <summary>Measures the sets that calibration samples give on others.</summary>
    /// <param name="calibration_NC">Probabilities of the calibration samples, sample after sample.</param>
    /// <param name="calibrationLabels_N">Their true classes.</param>
    /// <param name="test_MC">Probabilities of the test samples; at least one.</param>
    /// <param name="testLabels_M">Their true classes.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="alpha">Above 0, below 1.</param>
    /// <exception cref="UserErrorException">A probability is not in 0 to 1, or a label is no class.</exception>
    public static SplitConformalReport Evaluate(
        ReadOnlySpan<double> calibration_NC,
        ReadOnlySpan<long> calibrationLabels_N,
        ReadOnlySpan<double> test_MC,
        ReadOnlySpan<long> testLabels_M,
        int classes,
        double alpha = DefaultAlpha
    )
    {
        var threshold = Threshold(calibration_NC, calibrationLabels_N, classes, alpha);
        Check(test_MC, testLabels_M, classes);
        var (covered, size) = (0L, 0L);
        for (var i = 0; i < testLabels_M.Length; i++)
        {
            var row_C = test_MC.Slice(i * classes, classes);
            covered += 1 - row_C[(int)testLabels_M[i]] <= threshold ? 1 : 0;
            foreach (var probability in row_C)
            {
                size += 1 - probability <= threshold ? 1 : 0;
            }
        }

        var samples = testLabels_M.Length;
        return new(
            alpha,
            threshold,
            MetricGuard.Mean(covered, samples),
            MetricGuard.Mean(size, samples),
            calibrationLabels_N.Length,
            samples
        );
    }

    private static void Check(ReadOnlySpan<double> probabilities_NC, ReadOnlySpan<long> labels_N, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (probabilities_NC.Length != (long)labels_N.Length * classes)
        {
            throw new ArgumentException($"{probabilities_NC.Length} values are not {labels_N.Length} samples × {classes} classes.");
        }

        for (var i = 0; i < probabilities_NC.Length; i++)
        {
            if (!(probabilities_NC[i] >= 0 && probabilities_NC[i] <= 1 + 1e-9))
            {
                throw MetricGuard.NotANumber($"The probability of class {i % classes} in sample {i / classes}", probabilities_NC[i]);
            }
        }

        foreach (var label in labels_N)
        {
            MetricGuard.Label(label, classes);
        }
    }
}
