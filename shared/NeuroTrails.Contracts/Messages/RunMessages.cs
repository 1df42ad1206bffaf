using NeuroTrails.Running;

namespace NeuroTrails.Contracts;

/// <summary>A run to be driven.</summary>
/// <param name="RunId">Its name in the cluster.</param>
/// <param name="Folder">Absolute path of its folder, reachable from every silo.</param>
/// <param name="Options">The resolved <c>config.yaml</c>.</param>
/// <param name="Data">Shape and size of the training split.</param>
/// <param name="CheckpointStep">Step of the committed checkpoint to go on from; absent to start anew.</param>
[GenerateSerializer, Immutable, Alias("nt.RunDefinition")]
public sealed record RunDefinition(string RunId, string Folder, string Options, DataDescription Data, long? CheckpointStep);

/// <summary>Where a run stands.</summary>
/// <param name="Phase">Running, finished, stopped or failed.</param>
/// <param name="Sequence">Sequence number of the newest update.</param>
/// <param name="Updates">What happened since, oldest first.</param>
/// <param name="Step">Steps applied.</param>
/// <param name="Failure">Why the run failed, for a person.</param>
/// <param name="FailureIsUsers">Whether the user can put it right.</param>
/// <param name="Summary">The figures of the finished run.</param>
[GenerateSerializer, Immutable, Alias("nt.RunSnapshot")]
public sealed record RunSnapshot(
    RunPhase Phase,
    long Sequence,
    RunUpdate[] Updates,
    long Step,
    string? Failure,
    bool FailureIsUsers,
    RunSummary? Summary);

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
}
