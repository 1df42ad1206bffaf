namespace NeuroTrails.Contracts;

/// <summary>Phases of a run.</summary>
[GenerateSerializer, Alias("nt.RunPhase")]
public enum RunPhase
{
    /// <summary>Nothing was started.</summary>
    Idle,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>All steps done, measured, written.</summary>
    Finished,

    /// <summary>Ended early by request; the newest checkpoint holds the last step.</summary>
    Stopped,

    /// <summary>Ended by a fault that could not be repaired.</summary>
    Failed,

    /// <summary>Submitted; settings and data are being looked at.</summary>
    Submitted,
}
