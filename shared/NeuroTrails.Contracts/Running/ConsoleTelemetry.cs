namespace NeuroTrails.Running;

/// <summary>Which spans and figures a process prints to standard output.</summary>
public enum ConsoleTelemetry
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those of NeuroTrails: steps, heads, topology, checkpoints, evaluations.</summary>
    Own,

    /// <summary>Those of Orleans besides: every call between grains.</summary>
    All,
}
