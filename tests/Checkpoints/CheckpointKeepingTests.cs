using NeuroTrails.Checkpoints;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>Which checkpoints stay, and for whom.</summary>
public sealed class CheckpointKeepingTests
{
    [Fact]
    public void The_newest_and_the_best_are_kept()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        for (var step = 1; step <= 6; step++)
        {
            CheckpointSamples.Commit(store, step);
        }

        store.RecordBest(new BestCheckpoint(2, "accuracy", 0.9));
        Assert.Equal([1L, 3L, 4L], store.Prune(2));
        Assert.Equal([2L, 5L, 6L], store.List().Select(entry => entry.Step));
        Assert.Equal(2, store.Load("best").Step);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Prune(1));
        Assert.Throws<InvalidOperationException>(() => store.RecordBest(new BestCheckpoint(4, "accuracy", 1)));
        File.WriteAllText(folder.File("checkpoints/best.json"), "{");
        Assert.Null(store.Best);
    }

    [Fact]
    public void A_damaged_checkpoint_does_not_count_as_kept()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        for (var step = 1; step <= 4; step++)
        {
            CheckpointSamples.Commit(store, step);
        }

        File.Delete(folder.File("checkpoints/step-00000004/head-0.safetensors"));
        Assert.Equal([1L, 4L], store.Prune(2));
        Assert.Equal([2L, 3L], store.List().Select(entry => entry.Step));
    }

    [Fact]
    public void What_somebody_reads_is_pruned_only_later()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        CheckpointSamples.Commit(store, 1);
        var (checkpoint, hold) = store.Hold("last");
        using (hold)
        {
            using var second = store.Hold("1").Hold;
            CheckpointSamples.Commit(store, 2);
            CheckpointSamples.Commit(store, 3);
            CheckpointSamples.Commit(store, 4);
            Assert.Equal([2L], store.Prune(2));
            CheckpointSamples.AssertContent(checkpoint);
        }

        Assert.Equal([1L], store.Prune(2));
    }

    [Fact]
    public void A_reader_takes_no_checkpoint_that_is_on_its_way_out()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        var entry = CheckpointSamples.Commit(store, 1);
        Assert.True(CheckpointHold.Unless(entry.Folder, () => Assert.Null(CheckpointHold.TryTake(entry.Folder))));
        Directory.Delete(entry.Folder, recursive: true);
        Assert.Null(CheckpointHold.TryTake(entry.Folder));
        Assert.Contains(
            "no checkpoint of step 1",
            Assert.Throws<UserErrorException>(() => store.Hold("1")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no valid checkpoint",
            Assert.Throws<UserErrorException>(() => store.Hold("last")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no record of a best",
            Assert.Throws<UserErrorException>(() => store.Hold("best")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_checkpoint_that_goes_while_it_is_looked_for_is_passed_over_visibly()
    {
        using var folder = new TemporaryFolder();
        var store = CheckpointSamples.Store(folder.Path);
        CheckpointSamples.Commit(store, 1);
        var newest = CheckpointSamples.Commit(store, 2);
        var told = new List<string>();

        // As a writer that prunes: it has the lock, and takes the folder away when the reader has seen it.
        CheckpointHold? hold = null;
        CheckpointHold.Unless(
            newest.Folder,
            () =>
                hold = store
                    .Hold(
                        "last",
                        null,
                        notice =>
                        {
                            told.Add(notice);
                            Directory.Delete(newest.Folder, recursive: true);
                        }
                    )
                    .Hold
        );
        hold!.Dispose();
        Assert.Equal(["The checkpoint of step 2 was pruned by the run just now; looking for the newest again."], told);
    }
}
