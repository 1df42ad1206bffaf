namespace NeuroTrails.Checkpoints;

/// <summary>A checkpoint as it is listed, not verified yet.</summary>
/// <param name="Step">Steps completed.</param>
/// <param name="Folder">Where it lies.</param>
public sealed record CheckpointEntry(long Step, string Folder);
