namespace NeuroTrails.Running;

/// <summary>Connections died and others were born.</summary>
/// <param name="Step">After which step.</param>
/// <param name="Layers">What it came to, by owner and layer.</param>
/// <param name="Overlaps">How much the heads' masks have in common, by layer; empty for one head.</param>
[GenerateSerializer, Immutable, Alias("nt.TopologyChanged")]
public sealed record TopologyChanged(long Step, IReadOnlyList<LayerMask> Layers, IReadOnlyList<LayerOverlap> Overlaps) : RunUpdate;

/// <summary>One masked tensor of one owner.</summary>
/// <param name="Owner"><c>backbone</c> or <c>head-0</c>.</param>
/// <param name="Layer">Name of the tensor.</param>
/// <param name="Positions">Its positions.</param>
/// <param name="Active">Active positions.</param>
/// <param name="Dropped">Weights dropped by this update.</param>
/// <param name="Grown">Positions grown by this update.</param>
/// <param name="MedianAge">Steps for which half of the active positions have been active at least, as far as they were watched; estimated
/// from a sample.</param>
[GenerateSerializer, Immutable, Alias("nt.LayerMask")]
public sealed record LayerMask(string Owner, string Layer, long Positions, long Active, long Dropped, long Grown, long MedianAge);

/// <summary>How much the masks of one layer have in common in the heads.</summary>
/// <param name="Layer">Name of the tensor.</param>
/// <param name="Shared">Mean over pairs of heads of the share of one's active positions that is active in the other, 0 to 1; estimated
/// from a sample.</param>
/// <param name="Chance">The same were the masks drawn independently: the density.</param>
[GenerateSerializer, Immutable, Alias("nt.LayerOverlap")]
public sealed record LayerOverlap(string Layer, double Shared, double Chance);
