namespace NeuroTrails.Training;

/// <summary>How much an update changes.</summary>
/// <param name="PruneRate">Share of a tensor's active weights that is dropped, 0 to 1.</param>
/// <param name="Temperature">Exponent of soft magnitude, above 0.</param>
public readonly record struct TopologyRate(double PruneRate, double Temperature);
