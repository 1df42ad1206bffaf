namespace NeuroTrails.Contracts;

/// <summary>One masked tensor after a topology update.</summary>
/// <param name="Layer">Name of the tensor.</param>
/// <param name="Positions">Its positions.</param>
/// <param name="Active">Active positions.</param>
/// <param name="Dropped">Weights dropped.</param>
/// <param name="Grown">Positions grown.</param>
/// <param name="Sample">A bitmap of some positions, always the same ones: <see cref="Topology.MaskSample"/>.</param>
[GenerateSerializer, Immutable, Alias("nt.LayerTopology")]
public sealed record LayerTopology(string Layer, long Positions, long Active, long Dropped, long Grown, byte[] Sample);
