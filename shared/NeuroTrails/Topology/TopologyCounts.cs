namespace NeuroTrails.Topology;

/// <summary>What a topology update did to one tensor, or to several.</summary>
/// <param name="Dropped">Active weights that were dropped.</param>
/// <param name="Grown">Positions that were grown: as many; a dropped one may be among them.</param>
/// <param name="Active">Active weights afterwards: as many as before.</param>
public readonly record struct TopologyCounts(long Dropped, long Grown, long Active)
{
    /// <summary>The counts of two tensors together.</summary>
    /// <param name="left">One tensor, or several.</param>
    /// <param name="right">Others.</param>
    public static TopologyCounts operator +(TopologyCounts left, TopologyCounts right) => left.Add(right);

    /// <summary>The counts of two tensors together.</summary>
    /// <param name="other">Other tensors.</param>
    public TopologyCounts Add(TopologyCounts other) => new(Dropped + other.Dropped, Grown + other.Grown, Active + other.Active);
}
