using NeuroTrails.Running;

namespace NeuroTrails.Contracts;

/// <summary>Where a run stands.</summary>
/// <param name="Phase">Running, finished, stopped or failed.</param>
/// <param name="Sequence">Sequence number of the newest update.</param>
/// <param name="Updates">What happened since, oldest first.</param>
/// <param name="Step">Steps applied.</param>
/// <param name="Failure">Why the run failed, for a person.</param>
/// <param name="FailureIsUsers">Whether the user can put it right.</param>
/// <param name="Summary">The figures of the finished run.</param>
/// <param name="Waiting">What the run waits for, for a person; null where it waits for nothing.</param>
/// <param name="Details">The failure with its kind and place.</param>
[GenerateSerializer, Immutable, Alias("nt.RunSnapshot")]
public sealed record RunSnapshot(
    RunPhase Phase,
    long Sequence,
    RunUpdate[] Updates,
    long Step,
    string? Failure,
    bool FailureIsUsers,
    RunSummary? Summary,
    string? Waiting = null,
    RunFailure? Details = null
)
{
    /// <summary>Whether there is more to come.</summary>
    public bool IsUnderWay => Phase is RunPhase.Running or RunPhase.Submitted;
}
