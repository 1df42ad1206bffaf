namespace NeuroTrails.Checkpoints;

/// <summary>What the run itself knows about the moment of a checkpoint.</summary>
public sealed record CheckpointState
{
    /// <summary>Epoch that the next step belongs to, from 0.</summary>
    public required long Epoch { get; init; }

    /// <summary>Batches of that epoch already learnt from.</summary>
    public required long DataPosition { get; init; }

    /// <summary>Versions of the library and the runtime, such as <c>runtime</c> → <c>orleans 10.4.2, …</c>.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
