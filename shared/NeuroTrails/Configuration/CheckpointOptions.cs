namespace NeuroTrails.Configuration;

/// <summary>How often a run's state is made durable.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps between checkpoints, at least 1. Default 500.</summary>
    [Allowed(AtLeast = 1)]
    public int EverySteps { get; init; } = 500;

    /// <summary>Seconds after which a step is followed by a checkpoint in any case, at least 0; 0 for never. When a checkpoint is made changes no bits. Default 60.</summary>
    [Allowed(AtLeast = 0)]
    public double EverySeconds { get; init; } = 60;

    /// <summary>How many of the newest checkpoints are kept, at least 2; the best is kept besides. Default 2.</summary>
    [Allowed(AtLeast = 2)]
    public int Keep { get; init; } = 2;
}
