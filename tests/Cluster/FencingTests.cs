using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Silo processes that meet in Redis: one that was taken for dead wakes up in the middle of a run that goes on without it.</summary>
[Collection(nameof(Alone))]
public sealed class FencingTests(RedisFixture redis, ITestOutputHelper output) : IClassFixture<RedisFixture>
{
    private const string Committed = "Checkpoint of step";
    private const int Steps = 3000;
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_from_before_a_false_death_is_refused_and_the_process_that_wakes_ends_and_may_come_back()
    {
        await using var proxy = new HoldingProxy(redis.Server);
        using var folder = new TemporaryFolder();
        var runs = folder.File("runs");
        var address = new ClusterAddress(null, "fencing", Redis: redis.Server);
        var silos = new Dictionary<string, SiloProcess>();
        try
        {
            // The first one hosts the coordinator: there is no other when the run is submitted.
            var old = silos["a"] = Start("a", proxy.Server);
            await Members(address, silos.Values, "a");
            var options = SmallRun.Options(Steps, checkpointEvery: 10) with { Evaluation = new() { EveryEpochs = 1000 } };
            var training = TestCluster.Engine.TrainAsync(address, new("r", RunOptionsWriter.ToYaml(options), false, [], true), new Progress<RunUpdate>(), Stop);
            await First([old], 1);
            (silos["b"], silos["c"]) = (Start("b"), Start("c"));
            await Members(address, silos.Values, "a b c");
            await First([old], 1 + Commits(old));

            // Its next commit is on the way to Redis, and nobody there has seen it.
            proxy.Armed = true;
            await proxy.Held.WaitAsync(Stop);
            old.Pause();
            var after = old.Log.Length;

            // Another one takes the run up, and gets as far as a commit of its own.
            var next = await First(silos.Values.Except([old]), 1);
            var (snapshot, _) = await TestCluster.Engine.StatusAsync(address, "r", Stop);
            Assert.Equal(RunPhase.Running, snapshot.Phase);
            output.WriteLine($"coordinator: first on {old.Name}, then on {next.Name}, which was at step {snapshot.Step} of {Steps} when {old.Name} woke up");
            old.Resume();
            var refusal = await proxy.ReleaseAsync().WaitAsync(Stop);
            Assert.Contains(HoldingProxy.Refused, refusal, StringComparison.Ordinal);
            await old.EndAsync();
            output.WriteLine(string.Join('\n', old.Log[(after - 1)..].Where(line => line.Contains("NeuroTrails", StringComparison.Ordinal))));
            Assert.Equal(1, old.ExitCode);
            Assert.Contains($"failed: Silo {old.Name} was declared dead by the others", old.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", old.Said, StringComparison.Ordinal);

            // The line that was being written when it was paused may be a commit from before its death.
            Assert.DoesNotContain(old.Log[after..], line => line.Contains(Committed, StringComparison.Ordinal));
            silos[old.Name] = Start(old.Name);
            old.Dispose();
            await Members(address, silos.Values, "a b c");
            Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
            SmallRun.Same(await SmallRun.Undisturbed(folder, _ => options), Path.Combine(runs, "r"));
            var generations = SmallRun.Generations(Path.Combine(runs, "r"));
            Assert.Equal(generations.Order(), generations);
            Assert.True(generations[^1] > generations[0], "nobody took the run over");
        }
        finally
        {
            foreach (var silo in silos.Values)
            {
                silo.Dispose();
            }
        }

        SiloProcess Start(string name, RedisServer? through = null) => new(name, "fencing", through ?? redis.Server, runs);
    }

    private static int Commits(SiloProcess silo) => silo.Log.Count(line => line.Contains(Committed, StringComparison.Ordinal));

    // Which one has committed so many checkpoints: that is where the coordinator lives.
    private static async Task<SiloProcess> First(IEnumerable<SiloProcess> silos, int commits)
    {
        while (true)
        {
            foreach (var silo in silos)
            {
                Assert.False(silo.HasExited, $"{silo.Name} ended: {silo.Said}");
                if (Commits(silo) >= commits)
                {
                    return silo;
                }
            }

            await Task.Delay(50, Stop);
        }
    }

    private static async Task Members(ClusterAddress address, IEnumerable<SiloProcess> silos, string expected)
    {
        while (true)
        {
            Assert.All(silos, silo => Assert.False(silo.HasExited, $"{silo.Name} ended: {silo.Said}"));
            try
            {
                var overview = await TestCluster.Engine.OverviewAsync(address, Stop);
                if (string.Join(' ', overview.Members.Select(member => member.Name)) == expected)
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is UserErrorException or TimeoutException or OrleansException)
            {
                // Nobody is there yet, or whoever was asked is going.
            }

            await Task.Delay(200, Stop);
        }
    }
}
