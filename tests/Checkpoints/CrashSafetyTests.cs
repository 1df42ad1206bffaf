using NeuroTrails.Checkpoints;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>A run is stopped in the middle of each of its disk operations; what it had committed must be there, whole, and nothing else
/// must look committed.</summary>
public sealed class CrashSafetyTests
{
    [Fact]
    public void A_kill_at_any_operation_loses_nothing_committed()
    {
        Assert.InRange(StopEverywhere((_, _) => { }), 60, 1000);
    }

    [Fact]
    public void A_power_cut_at_any_operation_loses_nothing_committed()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            StopEverywhere((files, k) => files.CutPower(new Random(seed + (100 * k))));
        }
    }

    private static int StopEverywhere(Action<CrashingFiles, int> afterCrash)
    {
        for (var k = 0; ; k++)
        {
            using var folder = new TemporaryFolder();
            var files = new CrashingFiles(k);
            var acknowledged = new List<long>();
            long? best = null;
            var finished = Run(CheckpointSamples.Store(folder.Path, files), acknowledged, ref best);
            if (!finished)
            {
                afterCrash(files, k);
            }

            AssertWhole(folder.Path, acknowledged, best, k);
            if (finished)
            {
                return k;
            }
        }
    }

    /// <summary>Commits, prunes, names the best, commits a step again in a new generation; notes what is committed after each.</summary>
    private static bool Run(CheckpointStore store, List<long> acknowledged, ref long? best)
    {
        try
        {
            foreach (var step in new long[] { 25, 50, 75, 100 })
            {
                CheckpointSamples.Commit(store, step);
                acknowledged.Add(step);
                if (step == 25)
                {
                    store.RecordBest(new BestCheckpoint(step, "accuracy", 0.5));
                    best = step;
                }

                if (step == 75)
                {
                    acknowledged.RemoveAll(kept => kept == 50); // May go from here on: 75 and 100 follow it, 25 is the best.
                    CheckpointSamples.Commit(store, 75, generation: 1);
                }

                acknowledged.RemoveAll(kept => step == 100 && kept == 50);
                store.Prune(2);
            }

            store.RecordBest(new BestCheckpoint(100, "accuracy", 0.75));
            best = 100;
            acknowledged.Remove(25);
            store.Prune(2);
            return true;
        }
        catch (SimulatedCrash)
        {
            return false;
        }
    }

    private static void AssertWhole(string folder, List<long> acknowledged, long? best, int k)
    {
        var store = CheckpointSamples.Store(folder, new CrashingFiles(int.MaxValue));
        store.CleanUp();
        var latest = store.LatestValid(rejected => Assert.Fail($"stopped at {k}: {rejected}"));
        Assert.True(
            (latest?.Step ?? 0) >= acknowledged.DefaultIfEmpty().Max(),
            $"stopped at {k}: found {latest?.Step} of {string.Join(", ", acknowledged)}"
        );
        Assert.Subset(store.List().Select(entry => entry.Step).ToHashSet(), acknowledged.ToHashSet());
        foreach (var entry in store.List())
        {
            CheckpointSamples.AssertContent(store.Load(entry.Step));
        }

        if (Directory.Exists(store.Folder))
        {
            Assert.All(
                Directory.GetDirectories(store.Folder),
                path => Assert.StartsWith("step-", Path.GetFileName(path), StringComparison.Ordinal)
            );
        }

        // A record that was not acknowledged may have arrived nevertheless, never an older one than the acknowledged, and never one of a
        // checkpoint that is gone.
        var found = store.Best?.Step;
        Assert.True((found ?? 0) >= (best ?? 0), $"stopped at {k}: the best is {found}, {best} was recorded");
        Assert.True(found is null || store.List().Any(entry => entry.Step == found), $"stopped at {k}: the best, {found}, is gone");

        // And the run goes on from there.
        var next = (latest?.Step ?? 0) + 25;
        CheckpointSamples.Commit(store, next, generation: 2);
        Assert.Equal(next, store.LatestValid()?.Step);
    }
}
