using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>Writes what a run has agreed on to the coordinator's durable state, before anybody acts on it.</summary>
/// <param name="state">The coordinator's state; a write that another coordinator has overtaken throws.</param>
internal sealed class RunLedger(IPersistentState<CoordinatorState> state)
{
    /// <summary>What is agreed on.</summary>
    public CoordinatorState State => state.State;

    /// <summary>Begins a generation: whoever coordinated before cannot write any more.</summary>
    public Task BeginGeneration(long generation)
    {
        state.State.Generation = generation;
        return state.WriteStateAsync();
    }

    /// <summary>A checkpoint counts from here on.</summary>
    public Task Commit(CommitPoint point)
    {
        state.State.Committed = point;
        return state.WriteStateAsync();
    }

    /// <summary>The run has begun.</summary>
    public Task Begin(RunDefinition run, bool inCluster)
    {
        (state.State.Run, state.State.Phase, state.State.InCluster) = (run, RunPhase.Running, inCluster);
        (state.State.Failure, state.State.FailureIsUsers) = (null, false);

        // A folder without checkpoints is a new run, whatever an older one of that name had agreed on before its folder was removed.
        state.State.Committed = run.CheckpointStep is null ? null : state.State.Committed;
        return state.WriteStateAsync();
    }

    /// <summary>The run has ended.</summary>
    public Task End(RunPhase phase, RunFailure? failure)
    {
        state.State.Phase = phase;
        (state.State.Failure, state.State.FailureIsUsers) = (failure?.Message, failure?.IsUsers ?? false);
        return state.WriteStateAsync();
    }
}
