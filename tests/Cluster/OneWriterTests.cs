using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A cluster's run and one in a process of its own do not write the same folder.</summary>
public sealed class OneWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static RunOptions Endless => SmallRun.Options(1_000_000);

    private RunFolder Run => new(_folder.File("r"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_clusters_run_under_way_is_not_resumed_in_a_process_and_goes_on()
    {
        await using var cluster = new TestCluster(_folder.Path);
        await cluster.StartAsync("a", "b");
        var training = SmallRun.Train(cluster, "r", _ => Endless);
        await SmallRun.Reach(cluster, "r", 6);
        Assert.StartsWith(
            $"cluster {cluster.ClusterId}, now coordinated by process ",
            RunLock.HolderOf(Run, TimeProvider.System),
            StringComparison.Ordinal
        );
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => Resume(TestContext.Current.CancellationToken));
        Assert.Contains($"is being written by cluster {cluster.ClusterId}, ", refusal.Message, StringComparison.Ordinal);

        // The coordinator hands over with its silo, whichever that is.
        await cluster.StopAsync("b");
        var (moved, _) = await TestCluster.Engine.StatusAsync(cluster.Address, "r", TestContext.Current.CancellationToken);
        await SmallRun.Reach(cluster, "r", moved.Step + 10);
        await Assert.ThrowsAsync<UserErrorException>(() => Resume(TestContext.Current.CancellationToken));
        await TestCluster.Engine.StopAsync(cluster.Address, "r", TestContext.Current.CancellationToken);
        Assert.Equal(TrainOutcome.Interrupted, (await training).Outcome);
        while (RunLock.HolderOf(Run, TimeProvider.System) is not null)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_run_in_a_process_is_not_taken_up_by_a_cluster_and_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var training = new RunEngine(TimeProvider.System).TrainAsync(
            new(Endless, Run.Path, ResumeMode.Never),
            new Progress<RunUpdate>(),
            stop.Token
        );
        while (new CheckpointStore(Run.Path, TimeProvider.System).List().Count == 0)
        {
            Assert.False(training.IsCompleted);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await using var cluster = new TestCluster(_folder.Path);
        await cluster.StartAsync("a");
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() =>
            TestCluster.Engine.TrainAsync(
                cluster.Address,
                new("r", string.Empty, true, [], true),
                new Progress<RunUpdate>(),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains($"is being written by process {Environment.ProcessId} on ", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Run.SummaryPath));
        await stop.CancelAsync();
        Assert.Equal(TrainOutcome.Interrupted, (await training).Outcome);
    }

    private Task<TrainResult> Resume(CancellationToken stop) =>
        new RunEngine(TimeProvider.System).TrainAsync(
            new(RunOptionsReader.Parse(File.ReadAllText(Run.ConfigPath)), Run.Path, ResumeMode.Always),
            new Progress<RunUpdate>(),
            stop
        );
}
