namespace NeuroTrails.Contracts;

/// <summary>An owner's topology after an update; counts are exact.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Owner">Name of the owner.</param>
/// <param name="Dropped">Weights dropped.</param>
/// <param name="Grown">Positions grown.</param>
/// <param name="Active">Active positions after the update.</param>
/// <param name="Layers">The same by tensor, for those who watch; nothing is decided by it.</param>
[GenerateSerializer, Immutable, Alias("nt.TopologyReply")]
public sealed record TopologyReply(StepId Id, string Owner, long Dropped, long Grown, long Active, LayerTopology[]? Layers = null);
