using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A silo that reaches the other silos, but not Redis.</summary>
[Collection(nameof(Alone))]
public sealed class PartedTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_that_is_parted_from_Redis_alone_ends_and_another_one_takes_its_runs_up()
    {
        await using var way = new CutProxy(redis.Server);
        using var folder = new TemporaryFolder();
        using var silos = new SiloProcesses("parted", redis.Server, folder.File("runs"));

        // The first one hosts the coordinator: there is no other when the run is submitted.
        var parted = silos.Start("a", way.Server);
        await silos.Members("a");
        var options = SmallRun.Options(3000, checkpointEvery: 10) with { Evaluation = new() { EveryEpochs = 1000 } };
        var training = TestCluster.Engine.TrainAsync(
            silos.Address,
            new("r", RunOptionsWriter.ToYaml(options), false, [], true),
            new Progress<RunUpdate>(),
            Stop
        );
        await SiloProcesses.FirstToCommit([parted], 1);
        var other = silos.Start("b");
        await silos.Members("a b");
        way.IsCut = true;
        await parted.EndAsync();
        Assert.True(parted.ExitCode == 1, parted.Said);
        Assert.Contains(
            $"Silo a has had no answer from the Redis server at {way.Server.Endpoint} for 2",
            parted.Said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "while silo b has, and ends its process, so that its runs go on there; start it again",
            parted.Said,
            StringComparison.Ordinal
        );
        await SiloProcesses.FirstToCommit([other], 1);
        silos.Forget(parted);
        await silos.Members("b");
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        SmallRun.Same(await SmallRun.Undisturbed(folder, _ => options), folder.File("runs/r"));
    }
}
