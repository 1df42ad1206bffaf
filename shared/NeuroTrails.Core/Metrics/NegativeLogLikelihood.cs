namespace NeuroTrails.Metrics;

/// <summary>Mean over samples of −ln p(true class), in nats; 0 is perfect.</summary>
/// <remarks>
/// Input: probabilities [C] and a label per sample. A probability below <see cref="Floor"/>, the smallest positive float64, counts as that:
/// an impossible class that came true costs 744.4 nats, which is far worse than any honest prediction and yet leaves the mean readable.
/// Source: the common definition.
/// </remarks>
/// <example>Probabilities 0.5 and 0.25 for the true classes: (ln 2 + ln 4) / 2 = 1.0397….</example>
public sealed class NegativeLogLikelihood : IPredictionMetric
{
    /// <summary>The least probability that enters a logarithm: 2^−1074.</summary>
    public const double Floor = double.Epsilon;

    private double _sum;

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value => MetricGuard.Mean(_sum, Count);

    /// <summary>Logarithm of a probability, bounded below by that of <see cref="Floor"/>.</summary>
    /// <param name="probability">0 to 1.</param>
    public static double SafeLog(double probability) => Math.Log(Math.Max(probability, Floor));

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label)
    {
        MetricGuard.Label(label, probabilities_C.Length);
        var loss = -SafeLog(probabilities_C[label]);
        if (double.IsNaN(loss))
        {
            throw MetricGuard.NotANumber($"The probability of class {label}", probabilities_C[label]);
        }

        _sum += loss;
        Count++;
    }
}
