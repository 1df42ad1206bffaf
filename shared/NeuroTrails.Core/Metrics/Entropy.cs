namespace NeuroTrails.Metrics;

/// <summary>Shannon entropy of one distribution, in nats.</summary>
public static class Entropy
{
    /// <summary>Computes H(p) = −Σ p_c ln p_c, with 0 ln 0 = 0.</summary>
    /// <param name="probabilities_C">Probabilities of the C classes.</param>
    /// <returns>0 (certain) to ln C (uniform).</returns>
    /// <exception cref="UserErrorException">A probability is not a number.</exception>
    /// <example><c>Entropy.Of([0.5, 0.5])</c> is ln 2 = 0.6931….</example>
    public static double Of(ReadOnlySpan<double> probabilities_C)
    {
        var sum = 0.0;
        foreach (var p in probabilities_C)
        {
            if (p != 0)
            {
                sum -= p * Math.Log(p);
            }
        }

        return double.IsNaN(sum) ? throw MetricGuard.NotANumber("The entropy of a prediction", sum) : sum;
    }
}
