namespace NeuroTrails.Configuration;

/// <summary>How a run is measured while it trains.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Epochs between evaluations on the validation split (used only where there is one), at least 1. Default 1.</summary>
    [Allowed(AtLeast = 1)]
    public int EveryEpochs { get; init; } = 1;

    /// <summary>Samples a forward pass when measuring and predicting, at least 1. Default 256.</summary>
    [Allowed(AtLeast = 1)]
    public int Batch { get; init; } = 256;
}
