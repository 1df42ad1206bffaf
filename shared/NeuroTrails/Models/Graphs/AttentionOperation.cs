namespace NeuroTrails.Models.Graphs;

/// <summary>A row of <c>weight</c> [vocabulary, out] for each token. Costs no multiply-adds.</summary>
/// <param name="Outputs">Features of a row.</param>
public sealed record EmbeddingOperation(int Outputs) : Operation
{
    /// <inheritdoc/>
    public override string Description => "embedding";
}

/// <summary>x / sqrt(mean(x²) + ε) over the features of each position, times <c>weight</c> [features] (Zhang and Sennrich 2019).</summary>
public sealed record RmsNormOperation : Operation
{
    /// <summary>Added to the mean of squares.</summary>
    public const double Epsilon = 1e-6;

    /// <inheritdoc/>
    public override string Description => "RMS norm";
}

/// <summary>
/// Causal scaled dot-product attention of several heads, each with its part of the features, in order. Queries and keys are rotated by
/// their positions, from 0: feature i of the first half of a head's D against feature i of the second half, by the angle
/// position · base^(−2i/D) (Su et al. 2021). Scores are divided by sqrt(D).
/// </summary>
/// <param name="Heads">Attention heads.</param>
/// <param name="Features">Features of all heads together.</param>
/// <param name="Length">Positions L of a window.</param>
public sealed record AttentionOperation(int Heads, int Features, int Length) : Operation
{
    /// <summary>Base of the angles.</summary>
    public const double RotaryBase = 10_000;

    /// <inheritdoc/>
    public override string Description => $"causal attention, {Heads} heads, rotary positions";

    /// <inheritdoc/>
    /// <remarks>Position t has t + 1 scores of D products a head, and as many products of scores and values: L·(L+1)·features.</remarks>
    public override long Macs => (long)Length * (Length + 1) * Features;
}

/// <summary>x · sigmoid(x).</summary>
public sealed record SiLUOperation : Operation
{
    /// <inheritdoc/>
    public override string Description => "SiLU";
}

/// <summary>Product of two values of one shape, element by element.</summary>
public sealed record MultiplyOperation : Operation
{
    /// <inheritdoc/>
    public override string Description => "multiply";
}
