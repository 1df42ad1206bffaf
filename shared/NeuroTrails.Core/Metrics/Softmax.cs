using System.Numerics;

namespace NeuroTrails.Metrics;

/// <summary>Probabilities from logits, in float64 whatever the network computed in.</summary>
public static class Softmax
{
    /// <summary>Computes exp(x_c − max x) / Σ exp(x_k − max x), which cannot overflow.</summary>
    /// <typeparam name="T">Type of the logits: <see cref="float"/>, <see cref="double"/> or <see cref="Half"/>.</typeparam>
    /// <param name="logits_C">Logits of the C classes. −∞ is allowed and means "impossible"; at least one must be finite.</param>
    /// <param name="probabilities_C">Receives the C probabilities; may be the memory of the logits.</param>
    /// <exception cref="UserErrorException">A logit is not a number or +∞, or all are −∞.</exception>
    /// <example>Logits [0, ln 3] give probabilities [0.25, 0.75].</example>
    public static void Of<T>(ReadOnlySpan<T> logits_C, Span<double> probabilities_C)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (logits_C.IsEmpty || logits_C.Length != probabilities_C.Length)
        {
            throw new ArgumentException(
                $"{logits_C.Length} logits cannot become {probabilities_C.Length} probabilities.",
                nameof(probabilities_C)
            );
        }

        var largest = Largest(logits_C);
        if (!double.IsFinite(largest))
        {
            throw MetricGuard.NotANumber("The largest logit of a sample", largest);
        }

        var sum = 0.0;
        for (var c = 0; c < logits_C.Length; c++)
        {
            sum += probabilities_C[c] = Math.Exp(double.CreateTruncating(logits_C[c]) - largest);
        }

        for (var c = 0; c < probabilities_C.Length; c++)
        {
            probabilities_C[c] /= sum;
        }
    }

    /// <summary>The largest logit; NaN where one is not a number.</summary>
    internal static double Largest<T>(ReadOnlySpan<T> logits_C)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits_C)
        {
            // Math.Max hands on NaN, so that one test after the loop finds every fault.
            largest = Math.Max(largest, double.CreateTruncating(logit));
        }

        return largest;
    }
}
