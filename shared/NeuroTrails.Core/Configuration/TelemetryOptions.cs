namespace NeuroTrails.Configuration;

/// <summary>What a run tells other programs of itself, besides its own files.</summary>
public sealed record TelemetryOptions
{
    /// <summary>Whether figures are also written for TensorBoard, as event files in <c>tensorboard/</c> in the run folder. Changes no bits.
    /// Default false.</summary>
    public bool Tensorboard { get; init; }
}
