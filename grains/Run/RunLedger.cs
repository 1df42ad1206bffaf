using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using Orleans.Storage;

namespace NeuroTrails.Grains;

/// <summary>
/// Writes what a run has agreed on to the coordinator's durable state, before anybody acts on it. While the store is away it is waited for:
/// going on without it would be going on alone.
/// </summary>
internal sealed class RunLedger(IPersistentState<CoordinatorState> state, RunWaiting waiting)
{
    public CoordinatorState State => state.State;

    // A submission is being looked at, or (null) no longer. Not waited for, as somebody waits for the answer.
    public Task Submitted(RunSubmission? submission)
    {
        state.State.Submission = submission;
        state.State.Lease ??= RunClaim.NewKey();
        return state.WriteStateAsync();
    }

    // The run has begun; this is not waited for either.
    public Task Begin(RunDefinition run, RunSubmission submission)
    {
        (state.State.Run, state.State.Phase) = (run, RunPhase.Running);
        (state.State.Submission, state.State.Accepted) = (null, submission.Id);
        (state.State.Pins, state.State.Rebalance) = (submission.Pins, submission.Rebalance);
        (state.State.Failure, state.State.FailureIsUsers) = (null, false);

        // A folder without checkpoints is a new run, whatever an older one of that name had agreed on before its folder was removed.
        state.State.Committed = run.CheckpointStep is null ? null : state.State.Committed;
        return state.WriteStateAsync();
    }

    // Begins a generation: whoever coordinated before cannot write any more.
    public Task BeginGeneration(long generation, CancellationToken giveUp)
    {
        state.State.Generation = generation;
        return Write(giveUp);
    }

    public Task Commit(CommitPoint point, CancellationToken giveUp)
    {
        state.State.Committed = point;
        return Write(giveUp);
    }

    public Task End(RunPhase phase, RunFailure? failure, Action away, CancellationToken giveUp)
    {
        state.State.Phase = phase;
        (state.State.Failure, state.State.FailureIsUsers) = (failure?.Reason, failure?.IsUsers ?? false);
        return Write(giveUp, away);
    }

    private async Task Write(CancellationToken giveUp, Action? away = null) =>
        await waiting.Until(
            TryWrite,
            () =>
            {
                away?.Invoke();
                return Task.CompletedTask;
            },
            giveUp
        );

    // Providers put types, keys and counters around what matters.
    private static string Brief(string message)
    {
        var cause = message.LastIndexOf("Exception: ", StringComparison.Ordinal) is >= 0 and var at
            ? message[(at + "Exception: ".Length)..]
            : message;
        var end = cause.IndexOfAny([',', '(', '\n']);
        return (end > 0 ? cause[..end] : cause).Trim();
    }

    private async Task<string?> TryWrite()
    {
        try
        {
            await state.WriteStateAsync();
            return null;
        }
        catch (Exception fault) when (fault is not InconsistentStateException)
        {
            return $"The cluster's store does not take what the run has to write down: {Brief(fault.GetBaseException().Message)}";
        }
    }
}
