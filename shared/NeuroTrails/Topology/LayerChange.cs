namespace NeuroTrails.Topology;

/// <summary>What a topology update did to one tensor, for those who watch.</summary>
/// <param name="Layer">Name of the tensor.</param>
/// <param name="Positions">Its positions.</param>
/// <param name="Counts">Dropped, grown, active.</param>
/// <param name="Sample">Which of <see cref="MaskSample"/>'s positions are active.</param>
public sealed record LayerChange(string Layer, long Positions, TopologyCounts Counts, byte[] Sample);
