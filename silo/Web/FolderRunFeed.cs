using System.Runtime.CompilerServices;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Methods;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>Runs from their folders: those that are over, and those that another process writes.</summary>
internal sealed class FolderRunFeed(string title, Func<IReadOnlyDictionary<string, string>> folders, TimeProvider time) : IRunFeed
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public Task<FeedOverview> Overview(CancellationToken stop) =>
        Task.FromResult(
            new FeedOverview(
                title,
                [],
                [.. folders().Select(pair => Describe(pair.Key, new(pair.Value))).OrderByDescending(run => run.Updated)]
            )
        );

    public async IAsyncEnumerable<FeedBatch> Follow(string run, long after, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!folders().TryGetValue(run, out var path))
        {
            yield break;
        }

        var folder = new RunFolder(path);
        var options = Options(folder);
        var file = new MetricsFile(folder.MetricsPath, SummaryFile.Read(folder.SummaryPath)?.Steps ?? options?.Training.Steps);
        long sequence = 0;
        var first = true;
        while (!stop.IsCancellationRequested)
        {
            var (updates, anew) = file.Read();
            updates = first && options is not null ? [Begun(options, updates, SummaryFile.Read(folder.SummaryPath)), .. updates] : updates;
            sequence += updates.Count;
            if (first || anew || updates.Count > 0)
            {
                yield return Batch(folder, sequence, updates);
                first = false;
                continue;
            }

            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            yield return Batch(folder, sequence, []);
        }
    }

    public Task<string?> Stop(string run) => Task.FromResult<string?>("This page replays a run from its folder; it cannot stop it.");

    public Task<string?> Resume(string run) =>
        Task.FromResult<string?>("This page replays a run from its folder; go on with it by ./neurotrails train --resume.");

    private FeedRun Describe(string id, RunFolder folder) => new(id, Phase(folder), Updated(folder));

    private FeedBatch Batch(RunFolder folder, long sequence, IReadOnlyList<RunUpdate> updates) =>
        new(sequence, Phase(folder), updates)
        {
            Summary = SummaryFile.Read(folder.SummaryPath),
            Failure = SummaryFile.ReadFailure(folder.SummaryPath)?.Reason,
        };

    private RunPhase Phase(RunFolder folder) =>
        SummaryFile.Read(folder.SummaryPath) is not null ? RunPhase.Finished
        : RunLock.HolderOf(folder, time) is not null ? RunPhase.Running
        : SummaryFile.ReadFailure(folder.SummaryPath) is not null ? RunPhase.Failed
        : RunPhase.Stopped;

    private static DateTimeOffset? Updated(RunFolder folder) =>
        new[] { folder.MetricsPath, folder.ConfigPath }
            .Where(File.Exists)
            .Select(path => (DateTimeOffset?)File.GetLastWriteTimeUtc(path))
            .Max();

    // What the run's settings say stands in for the words with which it began.
    private static RunStarted Begun(RunOptions options, IReadOnlyList<RunUpdate> updates, RunSummary? summary)
    {
        var masks = updates.OfType<TopologyChanged>().FirstOrDefault()?.Layers ?? [];
        var total = summary?.Steps ?? options.Training.Steps ?? updates.OfType<StepProgress>().LastOrDefault()?.TotalSteps ?? 0;
        return new(
            0,
            total,
            options.Model.Name,
            options.Data.Name,
            options.Ensemble.Heads,
            options.Device,
            summary?.Density ?? options.Topology.Density,
            summary?.ActiveWeights ?? masks.Sum(mask => mask.Active),
            summary?.Weights ?? masks.Sum(mask => mask.Positions),
            EnsembleMethods.Find(options.Ensemble.Method)?.MemberWord ?? "head"
        );
    }

    private static RunOptions? Options(RunFolder folder)
    {
        try
        {
            return RunOptionsReader.Parse(folder.ReadConfig());
        }
        catch (UserErrorException)
        {
            // Its figures can be shown all the same.
            return null;
        }
    }
}
