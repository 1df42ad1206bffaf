using System.Runtime.CompilerServices;
using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Web;

/// <summary>Runs under way from their coordinators; what was before, and runs that are over, from their folders.</summary>
internal sealed class GrainRunFeed(IGrainFactory grains, WebScope scope, TimeProvider time) : IRunFeed
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PlacesEvery = TimeSpan.FromSeconds(1);
    private readonly FolderRunFeed _past = new(scope.Title, scope.Folders, time);

    public async Task<FeedOverview> Overview(CancellationToken stop)
    {
        var (members, under) = scope.OwnRun is { } own ? ([scope.Self!()], [own]) : Of(await Cluster.Overview().WaitAsync(stop));
        var past = await Task.Run(() => _past.Overview(stop), stop);
        return new(
            scope.Title,
            members,
            [
                .. under.Order(StringComparer.Ordinal).Select(run => new FeedRun(run, RunPhase.Running, null)),
                .. past.Runs.Where(run => !under.Contains(run.Id)),
            ]
        );
    }

    public async IAsyncEnumerable<FeedBatch> Follow(string run, long after, [EnumeratorCancellation] CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await IsUnderWay(run, stop))
            {
                foreach (var batch in History(run))
                {
                    yield return batch;
                }

                await foreach (var batch in Live(run, after, stop))
                {
                    yield return batch;
                }
            }
            else
            {
                await using var past = _past.Follow(run, 0, stop).GetAsyncEnumerator(stop);
                while (!await IsUnderWay(run, stop) && await past.MoveNextAsync())
                {
                    yield return past.Current;
                }
            }

            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task<string?> Stop(string run)
    {
        if (!await IsUnderWay(run, CancellationToken.None))
        {
            return $"Run '{run}' is not under way.";
        }

        await grains.GetGrain<ICoordinatorGrain>(run).Stop();
        return null;
    }

    public async Task<string?> Resume(string run)
    {
        if (scope.OwnRun is not null)
        {
            return "A run in a process of its own ends with it; go on with it by ./neurotrails train --resume.";
        }

        return scope.Folders().ContainsKey(run)
            ? (await grains.GetGrain<ICoordinatorGrain>(run).Submit(new(run, string.Empty, MayExist: true, [], Rebalance: true))).Refusal
            : $"There is no run '{run}'.";
    }

    private IClusterGrain Cluster => grains.GetGrain<IClusterGrain>(GrainKeys.Cluster);

    private static (IReadOnlyList<SiloMember> Members, IReadOnlyList<string> Runs) Of(ClusterOverview overview) =>
        (overview.Members, overview.Runs);

    // A coordinator is asked only of runs under way: asking would bring one to life for each run that ever was.
    private async Task<bool> IsUnderWay(string run, CancellationToken stop)
    {
        try
        {
            return scope.OwnRun is { } own ? own == run : (await Cluster.Overview().WaitAsync(stop)).Runs.Contains(run);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return false;
        }
    }

    // A coordinator remembers the last some thousand updates; the file knows the others.
    private IEnumerable<FeedBatch> History(string run)
    {
        if (!scope.Folders().TryGetValue(run, out var folder))
        {
            yield break;
        }

        var file = new MetricsFile(new RunFolder(folder).MetricsPath, null);
        while (file.Read() is { Updates: { Count: > 0 } updates })
        {
            yield return new(0, RunPhase.Running, updates);
        }
    }

    private async IAsyncEnumerable<FeedBatch> Live(string run, long after, [EnumeratorCancellation] CancellationToken stop)
    {
        var coordinator = grains.GetGrain<ICoordinatorGrain>(run);
        await using var stream = new SnapshotStream(coordinator, after);
        var places = default(long?);
        while (!stop.IsCancellationRequested)
        {
            FeedBatch batch;
            try
            {
                // Places first: were they asked for after the updates and not answered, those would be lost.
                var layout = default(OwnerLocation[]);
                if (places is not { } asked || time.GetElapsedTime(asked) > PlacesEvery)
                {
                    layout = await coordinator.Layout().WaitAsync(stop);
                    places = time.GetTimestamp();
                }

                var snapshot = await stream.Next(stop);
                batch = new(snapshot.Sequence, snapshot.Phase, snapshot.Updates)
                {
                    Layout = layout,
                    Waiting = snapshot.Waiting,
                    Failure = snapshot.Failure?.Reason,
                    Summary = snapshot.Summary,
                };
            }
            catch (Exception fault) when (fault is TimeoutException or OrleansException or EnumerationAbortedException)
            {
                batch = new(stream.Seen, RunPhase.Running, [])
                {
                    Waiting = "its coordinator, which does not answer; it is brought to life elsewhere where its silo died",
                };
            }

            yield return batch;
            if (batch.Phase is not (RunPhase.Running or RunPhase.Submitted) && scope.OwnRun is null)
            {
                yield break;
            }

            // Nobody looks more often than four times a second.
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
