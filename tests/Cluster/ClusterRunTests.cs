using NeuroTrails.Configuration;
using NeuroTrails.Grains.Wire;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;
using static NeuroTrails.Tests.Cluster.SmallRun;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Runs on several silos end with the bits of the same run in one process.</summary>
[Collection(nameof(Alone))]
public sealed class ClusterRunTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData("")]
    [InlineData("backbone=a head0=b head1=b head2=b")]
    [InlineData("backbone=b head0=a head1=b head2=a")]
    public async Task Two_silos_give_the_bits_of_one_process_wherever_owners_live(string places)
    {
        var pins = places.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b");
        var result = await Train(cluster, "r", pins: pins);
        Assert.Equal(TrainOutcome.Finished, result.Outcome);
        Same(expected, folder.File("runs/r"));
        var (_, layout) = await TestCluster.Engine.StatusAsync(cluster.Address, "r", TestContext.Current.CancellationToken);
        Assert.All(
            pins,
            pin =>
                Assert.Contains(
                    layout,
                    place => pin == $"{place.Owner.Replace("-", string.Empty, StringComparison.Ordinal)}={place.Member}"
                )
        );
        Assert.Equal(2, layout.Select(place => place.Silo).Distinct().Count());
    }

    [Fact]
    public async Task Three_silos_and_Redis_give_the_same_bits_though_one_leaves_and_one_joins_on_the_way()
    {
        // Activations of 80 KiB: too many for a call, so that each is fetched.
        RunOptions Wide(RunOptions options) =>
            options with
            {
                Model = options.Model with { Hidden = [80, 48, 32] },
                Training = options.Training with { Batch = 256 },
            };
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder, Wide);
        await using var cluster = new TestCluster(folder.File("runs"), redis.Server);
        await cluster.StartAsync("a", "b", "c");
        var told = new Told();
        var training = Train(cluster, "r", Wide, updates: told);
        await Reach(cluster, "r", 10);
        await cluster.StopAsync("b");
        await Reach(cluster, "r", 25);
        await cluster.StartAsync("d");
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        Same(expected, folder.File("runs/r"));
        Assert.NotEqual(0, new[] { "a", "c", "d" }.Sum(name => cluster.Service<TensorServer>(name).SentBytes));
        Assert.DoesNotContain(told.Warnings, warning => warning.Contains("no answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_whose_agreed_checkpoint_is_gone_goes_on_from_an_older_one_and_says_so()
    {
        static RunOptions Long(RunOptions options) => options with { Training = options.Training with { Steps = 300 } };
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder, Long);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a");
        var training = Train(cluster, "r", Long);
        await Reach(cluster, "r", 20);
        await TestCluster.Engine.StopAsync(cluster.Address, "r", TestContext.Current.CancellationToken);
        Assert.Equal(TrainOutcome.Interrupted, (await training).Outcome);
        var newest = Directory.EnumerateDirectories(folder.File("runs/r/checkpoints"), "step-*").Max()!;
        Directory.Delete(newest, recursive: true);
        var told = new Told();
        Assert.Equal(
            TrainOutcome.Finished,
            (
                await TestCluster.Engine.TrainAsync(
                    cluster.Address,
                    new("r", string.Empty, true, [], true),
                    told,
                    TestContext.Current.CancellationToken
                )
            ).Outcome
        );
        Assert.Contains(told.Warnings, warning => warning.Contains("no checkpoint of step", StringComparison.Ordinal));
        Same(expected, folder.File("runs/r"));
    }

    [Fact]
    public async Task A_coordinator_that_another_write_has_overtaken_commits_nothing_more_and_the_run_goes_on_with_a_new_one()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"), redis.Server);
        await cluster.StartAsync("a", "b");
        var training = Train(cluster, "r");
        await Reach(cluster, "r", 10);

        // What a coordinator in another process would do that takes this one for dead: write the state, which then has another ETag.
        await using (var connection = await redis.ConnectAsync())
        {
            Assert.False(await connection.GetDatabase().HashSetAsync($"{cluster.ClusterId}/state/coordinator/r/run", "etag", "another"));
        }

        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        Same(expected, folder.File("runs/r"));
        var generations = SmallRun.Generations(folder.File("runs/r"));
        Assert.Equal(generations.Order(), generations);
        Assert.True(generations[^1] > generations[0], "nobody took the run over");
    }

    [Fact]
    public async Task Two_runs_at_once_do_not_disturb_one_another_and_64_heads_are_spread_over_three_silos()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b", "c");
        var small = Train(cluster, "small");
        var wide = Train(
            cluster,
            "wide",
            options => options with { Ensemble = options.Ensemble with { Heads = 64 }, Training = options.Training with { Steps = 12 } }
        );
        await Reach(cluster, "wide", 1);
        var (_, layout) = await TestCluster.Engine.StatusAsync(cluster.Address, "wide", TestContext.Current.CancellationToken);
        Assert.Equal(65, layout.Length);
        Assert.All(layout.GroupBy(place => place.Silo), owners => Assert.InRange(owners.Count(), 15, 30));
        Assert.Equal(64, (await wide).Summary!.HeadAccuracy.Count);
        Assert.Equal(TrainOutcome.Finished, (await small).Outcome);
        Same(expected, folder.File("runs/small"));
    }

    [Fact]
    public async Task A_run_whose_folder_was_removed_starts_anew_under_the_same_name()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a");
        Assert.Equal(TrainOutcome.Finished, (await Train(cluster, "r")).Outcome);
        Directory.Delete(folder.File("runs/r"), recursive: true);
        var again = await TestCluster.Engine.TrainAsync(
            cluster.Address,
            new("r", RunOptionsWriter.ToYaml(Options()), true, [], true),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(TrainOutcome.Finished, again.Outcome);
        Same(expected, folder.File("runs/r"));
    }

    [Fact]
    public async Task The_way_between_two_silos_can_be_measured()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b");
        var stop = TestContext.Current.CancellationToken;
        var result = await TestCluster.Engine.BenchmarkWireAsync(
            cluster.Address,
            new()
            {
                From = "a",
                To = "b",
                Mib = 2,
                Rounds = 3,
            },
            stop
        );
        Assert.Equal((2 << 20, 3), (result.Bytes, result.Rounds));
        Assert.InRange(result.TensorBytesPerSecond, 1e6, 1e12);
        Assert.Equal(result.TensorBytesPerSecond / result.PlainBytesPerSecond, result.Ratio);
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            TestCluster.Engine.BenchmarkWireAsync(
                cluster.Address,
                new()
                {
                    From = "a",
                    To = "c",
                    Mib = 2,
                    Rounds = 3,
                },
                stop
            )
        );
        Assert.Contains("no silo 'c'. Its silos: a, b. Change --to", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside", null, "no name for a run")]
    [InlineData("r", "../elsewhere", "no data folder")]
    public async Task Nothing_outside_the_runs_folder_is_touched(string run, string? data, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a");
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            Train(cluster, run, options => options with { Data = options.Data with { Path = data } })
        );
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("outside")) || Directory.Exists(folder.File("runs/r")));
    }
}
