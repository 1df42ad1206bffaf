namespace NeuroTrails.Contracts;

/// <summary>An owner is ready.</summary>
/// <param name="Owner">Name of the owner: <c>backbone</c>, <c>head-0</c>.</param>
/// <param name="Generation">Generation that it serves.</param>
/// <param name="MaskedActive">Active positions of its masked tensors.</param>
/// <param name="MaskedCount">Positions of its masked tensors.</param>
[GenerateSerializer, Immutable, Alias("nt.OwnerReport")]
public sealed record OwnerReport(string Owner, long Generation, long MaskedActive, long MaskedCount);
