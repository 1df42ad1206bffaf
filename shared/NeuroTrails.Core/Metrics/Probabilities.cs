using System.Numerics;

namespace NeuroTrails.Metrics;

/// <summary>Checks and widens probabilities that come from outside.</summary>
internal static class Probabilities
{
    /// <summary>How far a row may be from summing to 1: what float32 rounding over a large
    /// vocabulary, or half precision, can cause.</summary>
    private const double Tolerance = 0.01;

    /// <summary>Copies one sample's probabilities into float64.</summary>
    /// <exception cref="UserErrorException">A value is not in 0 to 1, or they do not sum to 1.</exception>
    public static void Copy<T>(ReadOnlySpan<T> from_C, Span<double> to_C)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var sum = 0.0;
        for (var c = 0; c < from_C.Length; c++)
        {
            var p = double.CreateTruncating(from_C[c]);
            if (!(p >= 0 && p <= 1 + Tolerance))
            {
                throw new UserErrorException(
                    $"The probability of class {c} is {p}; probabilities go from 0 to 1. Pass logits to EnsembleEvaluation.Add instead."
                );
            }

            sum += to_C[c] = p;
        }

        if (Math.Abs(sum - 1) > Tolerance)
        {
            throw new UserErrorException(
                $"The probabilities of a sample sum to {sum}; they must sum to 1. Pass logits to EnsembleEvaluation.Add instead."
            );
        }
    }
}
