namespace NeuroTrails.Metrics;

/// <summary>The checks that all metrics share, so that one fault reads the same everywhere.</summary>
public static class MetricGuard
{
    /// <summary>Mean of a sum over samples; there is no mean of nothing.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="count">Samples.</param>
    /// <exception cref="InvalidOperationException">There are no samples.</exception>
    public static double Mean(double sum, long count) =>
        count > 0 ? sum / count : throw new InvalidOperationException("A metric has no value before the first sample is added.");

    /// <summary>Checks a label against the number of classes.</summary>
    /// <param name="label">The label.</param>
    /// <param name="classes">C.</param>
    /// <exception cref="UserErrorException">It is no class.</exception>
    public static void Label(long label, int classes)
    {
        if ((ulong)label >= (ulong)classes)
        {
            throw new UserErrorException(
                $"A label is {label}, but the model predicts {classes} classes, so labels go from 0 to {classes - 1}. "
                    + "Check that the data set (data.name) is the one the model was built for."
            );
        }
    }

    /// <summary>Classes of one sample, given all heads' probabilities in one row.</summary>
    /// <param name="length">Probabilities in the row.</param>
    /// <param name="heads">H.</param>
    /// <exception cref="ArgumentException">They do not divide among the heads.</exception>
    public static int Classes(int length, int heads)
    {
        if (length == 0 || length % heads != 0)
        {
            throw new ArgumentException($"{length} probabilities do not divide among {heads} heads.");
        }

        return length / heads;
    }

    /// <summary>The error for a probability or logit that makes every figure meaningless.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="seen">Its value.</param>
    public static UserErrorException NotANumber(string what, double seen) =>
        new(
            $"{what} is {seen}, so nothing can be measured. The network has diverged: lower training.learning_rate, or resume from an "
                + "earlier checkpoint."
        );
}
