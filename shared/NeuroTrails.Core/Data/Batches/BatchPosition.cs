namespace NeuroTrails.Data;

/// <summary>Where a training step stands in the data.</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="Batch">Within the epoch, from 0.</param>
public readonly record struct BatchPosition(long Epoch, int Batch);
