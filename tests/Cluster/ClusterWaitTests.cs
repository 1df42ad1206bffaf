using System.Text.Json;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;
using Orleans.Runtime.Hosting;
using static NeuroTrails.Tests.Cluster.SmallRun;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A run waits for what it cannot do without, silos or Redis, and loses nothing by it.</summary>
[Collection(nameof(Alone))]
public sealed class ClusterWaitTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly string[] Pins = ["backbone=a", "head0=b"];

    [Fact]
    public async Task A_run_whose_pinned_silo_leaves_is_saved_and_waits_until_it_comes_back()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"), redis.Server);
        await cluster.StartAsync("a", "b");
        var told = new Told();
        var training = Train(cluster, "r", pins: Pins, updates: told);
        await Reach(cluster, "r", 10);
        await cluster.StopAsync("b");
        var missing = await Waiting(cluster.Address);
        Assert.StartsWith("No place for head-0 at 'b'", missing, StringComparison.Ordinal);
        var (snapshot, layout) = await TestCluster.Engine.StatusAsync(cluster.Address, "r", TestContext.Current.CancellationToken);
        Assert.Equal(RunPhase.Running, snapshot.Phase);
        Assert.Empty(layout);
        await cluster.StartAsync("b");
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);

        // Once, and once more where its coordinator, too, had to find another silo.
        Assert.True(told.Warnings.Count() is 1 or 2, string.Join('\n', told.Warnings));
        Assert.All(
            told.Warnings,
            warning =>
                Assert.StartsWith("The run waits, and goes on by itself. No place for head-0 at 'b'", warning, StringComparison.Ordinal)
        );
        Same(expected, folder.File("runs/r"));
    }

    [Fact]
    public async Task A_run_whose_pinned_silo_is_gone_at_once_waits_too_and_can_be_stopped_meanwhile()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"), redis.Server);
        await cluster.StartAsync("a", "b");
        var training = Train(cluster, "r", pins: Pins);
        await Reach(cluster, "r", 10);
        await cluster.StopAsync("b", handOver: false);
        await Waiting(cluster.Address);
        Assert.Equal(
            RunPhase.Stopped,
            (await TestCluster.Engine.StopAsync(cluster.Address, "r", TestContext.Current.CancellationToken)).Phase
        );
        Assert.Equal(TrainOutcome.Interrupted, (await training).Outcome);

        // Going on with it is refused while its silo is away, and possible elsewhere.
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => GoOn(cluster, Pins));
        Assert.StartsWith("No place for head-0 at 'b'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(TrainOutcome.Finished, (await GoOn(cluster, [])).Outcome);
        Same(expected, folder.File("runs/r"));
    }

    [Fact]
    public async Task A_run_outlives_the_last_silo_and_goes_on_with_the_next()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"), redis.Server);
        await cluster.StartAsync("a");
        var told = new Told();
        var training = Train(cluster, "r", updates: told);
        await Reach(cluster, "r", 10);
        await cluster.StopAsync("a");
        await cluster.StartAsync("b");
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        Assert.DoesNotContain(told.Warnings, warning => warning.Contains("lost", StringComparison.Ordinal));
        Same(expected, folder.File("runs/r"));
    }

    [Fact]
    public async Task A_run_waits_for_Redis_longer_than_the_provider_does()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"), redis.Server);
        await cluster.StartAsync("a", "b");
        var told = new Told();
        var training = Train(cluster, "r", updates: told);
        await Reach(cluster, "r", 10);
        await redis.StopAsync(crash: true);
        Assert.StartsWith("The cluster's store does not take", await Waiting(cluster.Gateway), StringComparison.Ordinal);

        // Longer than the provider waits for an answer.
        await Task.Delay(TimeSpan.FromSeconds(7), TestContext.Current.CancellationToken);
        Assert.NotNull(
            (await TestCluster.Engine.StatusAsync(cluster.Gateway, "r", TestContext.Current.CancellationToken)).Snapshot.Waiting
        );
        await redis.StartAsync();
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        Assert.Single(told.Warnings, warning => warning.Contains("store", StringComparison.Ordinal));
        Same(expected, folder.File("runs/r"));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task A_run_that_ends_while_its_store_is_away_ends_and_is_written_down_later(int writes, bool fails)
    {
        using var folder = new TemporaryFolder();
        var storage = new FlakyStorage { AwayAfter = writes };
        await using var cluster = new TestCluster(
            folder.File("runs"),
            configure: builder => builder.Services.AddGrainStorage(GrainStorage.Name, (_, _) => storage)
        );
        await cluster.StartAsync("a");
        var training = Train(
            cluster,
            "r",
            options => fails ? options with { Training = options.Training with { LearningRate = 1e30 } } : options
        );
        if (fails)
        {
            Assert.Equal(FailureCause.Diverged, (await Assert.ThrowsAsync<RunFailedException>(() => training)).Failure!.Cause);
        }
        else
        {
            await Reach(cluster, "r", 1);
            await Waiting(cluster.Address);
            Assert.Equal(
                RunPhase.Stopped,
                (await TestCluster.Engine.StopAsync(cluster.Address, "r", TestContext.Current.CancellationToken)).Phase
            );
        }

        // The pulses go on, and bring nothing back to life.
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        var expected = fails ? RunPhase.Failed : RunPhase.Stopped;
        Assert.Equal(
            expected,
            (await TestCluster.Engine.StatusAsync(cluster.Address, "r", TestContext.Current.CancellationToken)).Snapshot.Phase
        );
        Assert.Equal((int)RunPhase.Running, storage.Stored("coordinator")!.Value.GetProperty("Phase").GetInt32());
        storage.IsAway = false;
        while (storage.Stored("cluster")?.GetProperty("Runs").GetArrayLength() is not 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal((int)expected, storage.Stored("coordinator")!.Value.GetProperty("Phase").GetInt32());
        Assert.Equal(
            fails ? JsonValueKind.Null : JsonValueKind.Object,
            storage.Stored("coordinator")!.Value.GetProperty("Committed").ValueKind
        );
    }

    private static Task<TrainResult> GoOn(TestCluster cluster, string[] pins) =>
        TestCluster.Engine.TrainAsync(
            cluster.Address,
            new("r", string.Empty, true, pins, true),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );

    private static async Task<string> Waiting(ClusterAddress cluster)
    {
        while (true)
        {
            var (snapshot, _) = await TestCluster.Engine.StatusAsync(cluster, "r", TestContext.Current.CancellationToken);
            Assert.Equal(RunPhase.Running, snapshot.Phase);
            if (snapshot.Waiting is { } missing)
            {
                return missing;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
