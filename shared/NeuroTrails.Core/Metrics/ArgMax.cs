namespace NeuroTrails.Metrics;

/// <summary>The predicted class: the index of the largest probability.</summary>
public static class ArgMax
{
    /// <summary>Finds the predicted class.</summary>
    /// <param name="probabilities_C">Probabilities (or logits) of the C classes, at least one.</param>
    /// <returns>Index of the largest value; of several equal ones the lowest, so that a tie never depends on the machine.</returns>
    /// <exception cref="UserErrorException">A value is not a number.</exception>
    /// <example><c>ArgMax.Of([0.2, 0.4, 0.4])</c> is 1.</example>
    public static int Of(ReadOnlySpan<double> probabilities_C)
    {
        var best = 0;
        for (var c = 0; c < probabilities_C.Length; c++)
        {
            var p = probabilities_C[c];
            if (double.IsNaN(p))
            {
                throw MetricGuard.NotANumber($"The probability of class {c}", p);
            }

            if (p > probabilities_C[best])
            {
                best = c;
            }
        }

        return best;
    }
}
