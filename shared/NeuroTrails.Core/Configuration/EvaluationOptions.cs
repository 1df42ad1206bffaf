namespace NeuroTrails.Configuration;

/// <summary>How a run is measured while it trains.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Epochs between evaluations on the validation split (used only where there is one), 1 to 1,000,000. Default 1.</summary>
    [Allowed(AtLeast = 1, AtMost = 1_000_000)]
    public int EveryEpochs { get; init; } = 1;

    /// <summary>Samples a forward pass when measuring and predicting, 1 to 65,536. Default 256.</summary>
    [Allowed(AtLeast = 1, AtMost = 65_536)]
    public int Batch { get; init; } = 256;

    /// <summary>Whether the results of the run are those of the test split, where there is one; without, they are those of the validation
    /// split, so that a run which helps to choose settings never sees the test split. Default true.</summary>
    public bool Test { get; init; } = true;
}
