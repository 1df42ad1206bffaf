namespace NeuroTrails.Metrics;

/// <summary>exp of the mean negative log-likelihood per token; 1 is perfect, C is uniform guessing.</summary>
/// <remarks>Input: probabilities [C] of the vocabulary and the true token, one token at a time; the mean is over all tokens, never over
/// batches or sequences first. Source: the common definition in natural logarithms.</remarks>
/// <example>Probabilities 0.5 and 0.125 for the true tokens: exp((ln 2 + ln 8) / 2) = 4.</example>
public sealed class Perplexity : IPredictionMetric
{
    private readonly NegativeLogLikelihood _likelihood = new();

    /// <inheritdoc/>
    public long Count => _likelihood.Count;

    /// <inheritdoc/>
    public double Value => Math.Exp(_likelihood.Value);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<double> probabilities_C, int label) => _likelihood.Add(probabilities_C, label);
}
