namespace NeuroTrails.Metrics;

/// <summary>One number T that a prediction's logits are divided by, chosen so that its confidence fits its accuracy.</summary>
/// <remarks>
/// Source: C. Guo et al., arXiv 1706.04599; for ensembles on the logarithm of the combined prediction: R. Rahaman, A. Thiery,
/// arXiv 2007.08792. Softmax does not change when a row is shifted, so logits and log-probabilities give the same T. A value more than
/// 744.4 below the largest of its row (−∞ too) counts as that, as in <see cref="NegativeLogLikelihood"/>.
/// </remarks>
/// <example>One sample in four wrong, and log-probabilities of ln 0.9 and ln 0.1: T = ln 9 / ln 3 = 2, which makes 0.9 into 0.75.</example>
public static class TemperatureScaling
{
    /// <summary>The least temperature that <see cref="Fit"/> gives: where every sample is right the best would be 0.</summary>
    public const double Lowest = 0.01;

    /// <summary>The largest temperature that <see cref="Fit"/> gives: where predictions are worse than guessing the best would be
    /// infinite.</summary>
    public const double Highest = 100;

    private static readonly double Deepest = NegativeLogLikelihood.SafeLog(0);

    /// <summary>The temperature that minimises the mean of −ln softmax(x/T) at the true class.</summary>
    /// <param name="logProbabilities_BC">Log-probabilities or logits x, sample after sample; at least one sample. −∞ is allowed and means
    /// "impossible"; at least one of a sample's must be finite.</param>
    /// <param name="labels">True classes [B], each 0 to C−1.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <returns><see cref="Lowest"/> to <see cref="Highest"/>; 1 where no temperature changes anything: one class, or
    /// rows of equal values.</returns>
    /// <exception cref="UserErrorException">A value is not a number or +∞, a sample has none that is finite, or a label is no
    /// class.</exception>
    public static double Fit(ReadOnlySpan<double> logProbabilities_BC, ReadOnlySpan<long> labels, int classes)
    {
        var below_BC = BelowLargest(logProbabilities_BC, classes);
        if (labels.IsEmpty || below_BC.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException($"{below_BC.Length} values are not {labels.Length} samples × {classes} classes, at least one.");
        }

        foreach (var label in labels)
        {
            MetricGuard.Label(label, classes);
        }

        if (IsFlat(below_BC, classes))
        {
            return 1;
        }

        // The mean is convex in b = 1/T: its slope only rises, so its one zero is where Newton and bisection meet.
        var (low, high) = (1 / Highest, 1 / Lowest);
        if (Slope(below_BC, labels, classes, high).First <= 0)
        {
            return Lowest;
        }

        if (Slope(below_BC, labels, classes, low).First >= 0)
        {
            return Highest;
        }

        var (b, last) = (1.0, high - low);
        while (high - low > 1e-13 * low)
        {
            var (first, second) = Slope(below_BC, labels, classes, b);
            if (first == 0)
            {
                break;
            }

            (low, high) = first < 0 ? (b, high) : (low, b);
            var next = b - (first / second);
            // Newton's step is taken while it stays inside and halves the one before; where the slope is flat it would not.
            var isFast = next > low && next < high && Math.Abs(next - b) < 0.5 * last;
            next = isFast ? next : Math.Sqrt(low * high);
            last = Math.Abs(next - b);
            if (last <= 1e-13 * b)
            {
                b = next;
                break;
            }

            b = next;
        }

        return 1 / b;
    }

    /// <summary>Computes softmax(x/T) of each sample.</summary>
    /// <param name="logProbabilities_BC">Log-probabilities or logits x, sample after sample.</param>
    /// <param name="temperature">T, finite and above 0.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="probabilities_BC">Receives the probabilities; may be the memory of the logarithms.</param>
    /// <exception cref="UserErrorException">A value is not a number or +∞, or a sample has none that is finite.</exception>
    public static void Apply(ReadOnlySpan<double> logProbabilities_BC, double temperature, int classes, Span<double> probabilities_BC)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        if (!double.IsFinite(temperature) || probabilities_BC.Length != logProbabilities_BC.Length)
        {
            throw new ArgumentException($"{logProbabilities_BC.Length} values at T {temperature}, {probabilities_BC.Length} places.");
        }

        var below_BC = BelowLargest(logProbabilities_BC, classes);
        for (var at = 0; at < below_BC.Length; at += classes)
        {
            var row_C = below_BC.AsSpan(at, classes);
            foreach (ref var value in row_C)
            {
                value /= temperature;
            }

            Softmax.Of<double>(row_C, probabilities_BC.Slice(at, classes));
        }
    }

    // How far each value lies below the largest of its row: 0 to −744.4.
    private static double[] BelowLargest(ReadOnlySpan<double> values_BC, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (values_BC.Length % classes != 0)
        {
            throw new ArgumentException($"{values_BC.Length} values are no samples of {classes} classes.");
        }

        var below_BC = new double[values_BC.Length];
        for (var at = 0; at < values_BC.Length; at += classes)
        {
            var largest = double.NegativeInfinity;
            foreach (var value in values_BC.Slice(at, classes))
            {
                largest = Math.Max(largest, value);
            }

            if (!double.IsFinite(largest))
            {
                throw MetricGuard.NotANumber($"The largest logit of sample {at / classes}", largest);
            }

            for (var i = at; i < at + classes; i++)
            {
                below_BC[i] = Math.Max(values_BC[i] - largest, Deepest);
            }
        }

        return below_BC;
    }

    private static bool IsFlat(double[] below_BC, int classes) => classes == 1 || Array.TrueForAll(below_BC, value => value == 0);

    // First and second derivative of the sum of −ln softmax(b·x) at the true class: the mean of x less the true one's, and x's variance.
    private static (double First, double Second) Slope(double[] below_BC, ReadOnlySpan<long> labels, int classes, double b)
    {
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < labels.Length; i++)
        {
            var row_C = below_BC.AsSpan(i * classes, classes);
            var own = row_C[(int)labels[i]];
            var (sum, mean, square) = (0.0, 0.0, 0.0);
            foreach (var value in row_C)
            {
                var weight = Math.Exp(b * value);
                sum += weight;
                mean += weight * (value - own);
                square += weight * (value - own) * (value - own);
            }

            mean /= sum;
            first += mean;
            second += (square / sum) - (mean * mean);
        }

        return (first, second);
    }
}
