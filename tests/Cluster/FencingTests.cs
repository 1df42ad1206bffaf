using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Silo processes that meet in Redis: one that was taken for dead wakes up in the middle
/// of a run that goes on without it.</summary>
[Collection(nameof(Alone))]
public sealed class FencingTests(RedisFixture redis, ITestOutputHelper output) : IClassFixture<RedisFixture>
{
    private const int Steps = 1500;
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_from_before_a_false_death_is_refused_and_the_process_that_wakes_ends_and_may_come_back()
    {
        await using var proxy = new HoldingProxy(redis.Server);
        using var folder = new TemporaryFolder();
        var runs = folder.File("runs");
        using var silos = new SiloProcesses("fencing", redis.Server, runs);
        // The first one hosts the coordinator: there is no other when the run is submitted.
        var old = silos.Start("a", proxy.Server);
        await silos.Members("a");
        var options = SmallRun.Options(Steps, checkpointEvery: 10) with { Evaluation = new() { EveryEpochs = 1000 } };
        var training = TestCluster.Engine.TrainAsync(
            silos.Address,
            new("r", RunOptionsWriter.ToYaml(options), false, [], true),
            new Progress<RunUpdate>(),
            Stop
        );
        await SiloProcesses.FirstToCommit([old], 1);
        silos.Start("b");
        silos.Start("c");
        await silos.Members("a b c");
        await SiloProcesses.FirstToCommit([old], 1 + old.Commits);

        // Its next commit is on the way to Redis, and nobody there has seen it.
        proxy.Armed = true;
        await proxy.Held.WaitAsync(Stop);
        old.Pause();
        var after = old.Log.Length;

        // Another one takes the run up, and gets as far as a commit of its own.
        var next = await SiloProcesses.FirstToCommit(silos.All.Except([old]), 1);
        var (snapshot, _) = await TestCluster.Engine.StatusAsync(silos.Address, "r", Stop);
        Assert.Equal(RunPhase.Running, snapshot.Phase);
        output.WriteLine(
            $"coordinator: first on {old.Name}, then on {next.Name}, which was at step {snapshot.Step} of {Steps} when {old.Name} woke up"
        );
        old.Resume();
        var refusal = await proxy.ReleaseAsync().WaitAsync(Stop);
        Assert.Contains(HoldingProxy.Refused, refusal, StringComparison.Ordinal);
        await old.EndAsync();
        output.WriteLine(string.Join('\n', old.Log[(after - 1)..].Where(line => line.Contains("NeuroTrails", StringComparison.Ordinal))));
        Assert.Equal(1, old.ExitCode);
        Assert.Contains($"failed: Silo {old.Name} was declared dead by the others", old.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", old.Said, StringComparison.Ordinal);

        // The line that was being written when it was paused may be a commit from before its death.
        Assert.DoesNotContain(old.Log[after..], line => line.Contains(SiloProcess.Committed, StringComparison.Ordinal));
        silos.Start(old.Name);
        await silos.Members("a b c");
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        SmallRun.Same(await SmallRun.Undisturbed(folder, _ => options), Path.Combine(runs, "r"));
        var generations = SmallRun.Generations(Path.Combine(runs, "r"));
        Assert.Equal(generations.Order(), generations);
        Assert.True(generations[^1] > generations[0], "nobody took the run over");
    }
}
