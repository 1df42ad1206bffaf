namespace NeuroTrails.Configuration;

/// <summary>The ensemble's form.</summary>
public sealed record EnsembleOptions
{
    /// <summary>
    /// How the ensemble is made: <c>neurotrails</c> (sparse heads on a shared sparse backbone), <c>static</c> (the same, with
    /// masks that never change), <c>treenet</c> (the same, dense), <c>single</c> (one dense network), <c>ensemble</c> (independent dense
    /// networks) or <c>mc_dropout</c> (one dense network that predicts several times with dropout).
    /// <c>blocks_in_head</c> means nothing for the last two. Default <c>neurotrails</c>.
    /// </summary>
    [Allowed(OneOf = ["neurotrails", "static", "treenet", "single", "ensemble", "mc_dropout"])]
    public string Method { get; init; } = "neurotrails";

    /// <summary>Number of heads M, 1 to 4096. One head is the single model, exactly. Default 3.</summary>
    [Allowed(AtLeast = 1, AtMost = 4096)]
    public int Heads { get; init; } = 3;

    /// <summary>Number b of the network's last blocks that each head has for itself, 0 (only norm
    /// and classifier) to the number of blocks. Default 2.</summary>
    [Allowed(AtLeast = 0, AtMost = 1000)]
    public int BlocksInHead { get; init; } = 2;

    /// <summary>Predictions with dropout that <c>mc_dropout</c> takes of a sample, each a member of the ensemble, 1 to 1000; other methods
    /// take one. Default 10.</summary>
    [Allowed(AtLeast = 1, AtMost = 1000)]
    public int Passes { get; init; } = 10;

    /// <summary>How the heads' losses combine. A mean divides each head's gradient by M, so that heads learn at 1/M of the rate. Default
    /// <see cref="LossCombination.Sum"/>.</summary>
    public LossCombination Loss { get; init; } = LossCombination.Sum;

    /// <summary>How the heads' outputs become one prediction. Default <see cref="PredictionRule.Probabilities"/>.</summary>
    public PredictionRule Prediction { get; init; } = PredictionRule.Probabilities;
}

/// <summary>How the heads' outputs become one prediction.</summary>
public enum PredictionRule
{
    /// <summary>Mean of the heads' softmax outputs.</summary>
    Probabilities,

    /// <summary>Softmax of the heads' mean logits, as the authors' code does.</summary>
    Logits,
}

/// <summary>How the heads' losses make up the loss of the run.</summary>
public enum LossCombination
{
    /// <summary>The sum over heads.</summary>
    Sum,

    /// <summary>The mean over heads, as in the paper's vision runs.</summary>
    Mean,
}
