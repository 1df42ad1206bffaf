using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using Orleans.Storage;

namespace NeuroTrails.Grains;

/// <summary>Knows the silos by their pulses, and pokes the coordinators of the runs under way: where one died with its silo, that brings it to life elsewhere.</summary>
/// <param name="state">The runs under way.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
public sealed class ClusterGrain([PersistentState("cluster", GrainStorage.Name)] IPersistentState<ClusterState> state, TimeProvider time, ILogger<ClusterGrain> logger)
    : Grain, IClusterGrain
{
    // A silo pulses every second; one that missed several is gone or as good as gone.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(8);
    private readonly Dictionary<string, (SiloMember Member, DateTimeOffset Heard)> _members = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task Pulse(SiloMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var known = Living().ToDictionary(living => living.Silo, StringComparer.Ordinal);
        _members[member.Silo] = (member, time.GetUtcNow());
        var joins = !known.ContainsKey(member.Silo);
        foreach (var run in state.State.Runs)
        {
            var coordinator = GrainFactory.GetGrain<ICoordinatorGrain>(run);
            Forget(coordinator.Ensure(), run);
            // A silo that leaves has half a minute: a run that could not find out where else to go looks again.
            if (joins || member.Draining)
            {
                Forget(coordinator.Reconsider(), run);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ClusterOverview> Overview() =>
        Task.FromResult(new ClusterOverview([.. Living().OrderBy(member => member.Name, StringComparer.Ordinal)], [.. state.State.Runs]));

    /// <inheritdoc/>
    public Task Enlist(string runId) => state.State.Runs.Contains(runId) ? Task.CompletedTask : Write([.. state.State.Runs, runId]);

    /// <inheritdoc/>
    public Task Retire(string runId) => state.State.Runs.Contains(runId) ? Write([.. state.State.Runs.Where(run => run != runId)]) : Task.CompletedTask;

    // What could not be written is not true: the caller asks again.
    private async Task Write(List<string> runs)
    {
        var before = state.State.Runs;
        try
        {
            state.State.Runs = runs;
            await state.WriteStateAsync();
        }
        catch (Exception fault)
        {
            state.State.Runs = before;
            if (fault is InconsistentStateException)
            {
                // Another activation wrote, or a write that this one took for failed had gone through: only the store knows.
                DeactivateOnIdle();
            }

            throw;
        }
    }

    private IEnumerable<SiloMember> Living()
    {
        var since = time.GetUtcNow() - Memory;
        return _members.Values.Where(entry => entry.Heard >= since).Select(entry => entry.Member);
    }

    // Nobody waits for it: a coordinator that cannot be reached now is poked again by the next pulse.
    private void Forget(Task call, string run) =>
        call.ContinueWith(done => GrainLog.Unreachable(logger, done.Exception!.GetBaseException(), run), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Current);
}
