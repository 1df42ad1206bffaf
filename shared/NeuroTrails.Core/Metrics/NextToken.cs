using NeuroTrails.Data;

namespace NeuroTrails.Metrics;

/// <summary>Draws a token from a distribution.</summary>
public static class NextToken
{
    /// <summary>Draws a token with probability proportional to p^(1/temperature), of the most probable ones that together have
    /// <paramref name="topP"/> (Holtzman et al. 2020).</summary>
    /// <param name="probabilities_V">Probabilities of all tokens.</param>
    /// <param name="temperature">0 (always the most probable one, the lowest of equals) or above.</param>
    /// <param name="topP">Above 0, at most 1.</param>
    /// <param name="random">The generator.</param>
    public static int Draw(ReadOnlySpan<double> probabilities_V, double temperature, double topP, ref CounterRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topP);
        var most = ArgMax.Of(probabilities_V);
        if (temperature == 0)
        {
            return most;
        }

        // Relative to the largest one, so that nothing underflows where it matters.
        var weights = new (int Token, double Weight)[probabilities_V.Length];
        var highest = probabilities_V[most];
        for (var token = 0; token < weights.Length; token++)
        {
            weights[token] = (token, Math.Pow(probabilities_V[token] / highest, 1 / temperature));
        }

        Array.Sort(weights, (a, b) => a.Weight == b.Weight ? a.Token.CompareTo(b.Token) : b.Weight.CompareTo(a.Weight));
        var total = weights.Sum(pair => pair.Weight);
        var (kept, sum) = (0, 0.0);
        while (kept < weights.Length && (kept == 0 || sum < topP * total))
        {
            sum += weights[kept++].Weight;
        }

        var drawn = random.NextDouble() * sum;
        for (var i = 0; i < kept - 1; i++)
        {
            drawn -= weights[i].Weight;
            if (drawn < 0)
            {
                return weights[i].Token;
            }
        }

        return weights[kept - 1].Token;
    }
}
