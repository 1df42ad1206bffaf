namespace NeuroTrails.Configuration;

/// <summary>How often a run's state is made durable.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps between checkpoints, 1 to 1,000,000,000. Default 500.</summary>
    [Allowed(AtLeast = 1, AtMost = 1_000_000_000)]
    public int EverySteps { get; init; } = 500;

    /// <summary>Seconds after which a step is followed by a checkpoint in any case, 0 to a year (31,536,000); 0 for never. When a
    /// checkpoint is made changes no bits. Default 60.</summary>
    [Allowed(AtLeast = 0, AtMost = 31_536_000)]
    public double EverySeconds { get; init; } = 60;

    /// <summary>How many of the newest checkpoints are kept, 2 to 10,000; the best is kept besides. Default 2.</summary>
    [Allowed(AtLeast = 2, AtMost = 10_000)]
    public int Keep { get; init; } = 2;
}
