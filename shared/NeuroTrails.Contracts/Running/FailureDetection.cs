namespace NeuroTrails.Running;

/// <summary>How fast a dead silo is missed: after about <see cref="ProbeSeconds"/> times <see cref="MissedProbes"/>.</summary>
public sealed record FailureDetection
{
    /// <summary>Seconds between two probes of a silo, and until one counts as missed; 0.5 to 60. Default 2.</summary>
    public double ProbeSeconds { get; init; } = 2;

    /// <summary>Probes missed in a row until a silo is suspected, 1 to 20. Default 3.</summary>
    public int MissedProbes { get; init; } = 3;
}
