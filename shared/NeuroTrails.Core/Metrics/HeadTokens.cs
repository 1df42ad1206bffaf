namespace NeuroTrails.Metrics;

/// <summary>What a head expects of a batch of texts, of N positions that have a next token.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="Next">The next tokens [N].</param>
/// <param name="LogProbability">Logarithm of the probability that the head gives to the next token [N], in nats.</param>
/// <param name="Candidates">Its K most probable tokens, the most probable first [N·K].</param>
/// <param name="Least">Probability of the last of them [N]: any other token has at most this.</param>
public sealed record HeadTokens(int Head, long[] Next, double[] LogProbability, int[] Candidates, double[] Least)
{
    /// <summary>Most candidates for a position.</summary>
    public const int Most = 32;
}
