namespace NeuroTrails.Contracts;

/// <summary>Tells an owner to drop and regrow, by the gradients of the step just applied.</summary>
[GenerateSerializer, Immutable, Alias("nt.TopologyRequest")]
internal sealed record TopologyRequest(StepId Id);

/// <summary>An owner's topology after an update; counts are exact.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Owner">Name of the owner.</param>
/// <param name="Dropped">Weights dropped.</param>
/// <param name="Grown">Positions grown.</param>
/// <param name="Active">Active positions after the update.</param>
/// <param name="Layers">The same by tensor, for those who watch; nothing is decided by it.</param>
[GenerateSerializer, Immutable, Alias("nt.TopologyReply")]
internal sealed record TopologyReply(StepId Id, string Owner, long Dropped, long Grown, long Active, LayerTopology[]? Layers = null);

/// <summary>One masked tensor after a topology update.</summary>
/// <param name="Layer">Name of the tensor.</param>
/// <param name="Positions">Its positions.</param>
/// <param name="Active">Active positions.</param>
/// <param name="Dropped">Weights dropped.</param>
/// <param name="Grown">Positions grown.</param>
/// <param name="Sample">A bitmap of some positions, always the same ones: <see cref="Topology.MaskSample"/>.</param>
[GenerateSerializer, Immutable, Alias("nt.LayerTopology")]
internal sealed record LayerTopology(string Layer, long Positions, long Active, long Dropped, long Grown, byte[] Sample);
