namespace NeuroTrails.Configuration;

/// <summary>How often a run's state is made durable.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps between checkpoints, at least 1. Default 500.</summary>
    [Allowed(AtLeast = 1)]
    public int EverySteps { get; init; } = 500;

    /// <summary>How many of the newest checkpoints are kept, at least 2; the best is kept besides. Default 2.</summary>
    [Allowed(AtLeast = 2)]
    public int Keep { get; init; } = 2;
}
