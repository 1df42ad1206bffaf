using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using Orleans.Storage;

namespace NeuroTrails.Grains;

/// <summary>
/// Knows the runs under way, and looks after their coordinators: whenever silos come or go, and every minute by a reminder, should nobody
/// have told. A coordinator that died with its silo comes to life elsewhere by that.
/// </summary>
internal sealed class ClusterGrain(
    [PersistentState("cluster", GrainStorage.Name)] IPersistentState<ClusterState> state,
    ISiloStatusOracle membership,
    TimeProvider time,
    ILogger<ClusterGrain> logger
) : Grain, IClusterGrain, IRemindable
{
    private const string Reminder = "look after the runs";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task Changed()
    {
        foreach (var run in state.State.Runs)
        {
            var coordinator = GrainFactory.GetGrain<ICoordinatorGrain>(run);
            Forget(coordinator.Ensure(), run);
            Forget(coordinator.Reconsider(), run);
        }

        return Task.CompletedTask;
    }

    public async Task<ClusterOverview> Overview()
    {
        var living = membership.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => silo.ToParsableString());
        var members = await Task.WhenAll(living.Select(Describe));
        return new([.. members.OfType<SiloMember>().OrderBy(member => member.Name, StringComparer.Ordinal)], [.. state.State.Runs]);
    }

    public async Task Enlist(string runId)
    {
        if (!state.State.Runs.Contains(runId))
        {
            await Write([.. state.State.Runs, runId]);
        }

        await this.RegisterOrUpdateReminder(Reminder, Interval, Interval);
    }

    public async Task Retire(string runId)
    {
        if (state.State.Runs.Contains(runId))
        {
            await Write([.. state.State.Runs.Where(run => run != runId)]);
        }

        if (state.State.Runs.Count == 0 && await this.GetReminder(Reminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Changed();

    // One that does not answer is as good as gone: the others will find that out.
    private async Task<SiloMember?> Describe(string silo)
    {
        try
        {
            return await GrainFactory.GetGrain<ISiloGrain>(silo).Describe().WaitAsync(Patience, time);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return null;
        }
    }

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

    // Nobody waits for it: a coordinator that cannot be reached now is poked again when silos change, or by the reminder.
    private void Forget(Task call, string run) =>
        call.ContinueWith(
            done => GrainLog.Unreachable(logger, done.Exception!.GetBaseException(), run),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Current
        );
}
