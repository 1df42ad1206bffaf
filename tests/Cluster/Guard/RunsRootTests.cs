using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Engine;

namespace NeuroTrails.Tests.Cluster.Guard;

/// <summary>A silo writes below the folder of its runs, whoever asks for what.</summary>
[Collection(nameof(Alone))]
public sealed class RunsRootTests
{
    private static readonly DataDescription Data = new(3, 8, 8, 5, 64, 0, 16);

    [Theory]
    [InlineData("/runs/r", true)]
    [InlineData("/runs/r/checkpoints/.tmp-1", true)]
    [InlineData("/runs/../runs/r/", true)]
    [InlineData("/runs", false)]
    [InlineData("/runs/", false)]
    [InlineData("/runs/..", false)]
    [InlineData("/runs/r/../../etc", false)]
    [InlineData("/runs2/r", false)]
    [InlineData("/", false)]
    [InlineData("r", false)]
    public void What_is_below_it_may_be_written(string path, bool allowed)
    {
        foreach (var root in new[] { new RunsRoot("/runs"), new RunsRoot("/runs/"), Opened("/runs") })
        {
            Assert.Equal(allowed, Record.Exception(() => root.CheckWriting(path)) is null);
        }

        Assert.Throws<PathRefusedException>(() => new RunsRoot().CheckWriting(path));
        Assert.Equal(allowed, Record.Exception(() => new RunsRoot("/runs").CheckReading(path)) is null);
    }

    [Fact]
    public async Task Owners_and_coordinators_of_a_cluster_write_and_read_nothing_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var outside = folder.File("home");
        var draft = Path.Combine(outside, "checkpoints", ".tmp-00000001-1");
        Directory.CreateDirectory(draft);
        var given = new GivenRuns();
        await using var cluster = new TestCluster(
            folder.File("runs"),
            configure: builder => builder.Services.Add(new(typeof(IRunAdmission), given))
        );
        await cluster.StartAsync("a");
        var grains = cluster.Service<IGrainFactory>("a");
        var options = RunOptionsWriter.ToYaml(SmallRun.Options());
        foreach (
            IOwnerGrain owner in new IOwnerGrain[]
            {
                grains.GetGrain<IHeadGrain>("r/head-0"),
                grains.GetGrain<IBackboneGrain>("r/backbone"),
                grains.GetGrain<IReplicaGrain>("r/replica-1"),
            }
        )
        {
            var error = await Assert.ThrowsAsync<PathRefusedException>(() => owner.Save(new(new(1, 1), draft)));
            Assert.Contains(folder.File("runs"), error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<PathRefusedException>(() => owner.Prepare(new("r", 1, options, Data, "cpu", 1, draft, [], 0)));
        }

        given.Describe(new("r", outside, options, Data, null));
        var coordinator = grains.GetGrain<ICoordinatorGrain>("r");
        Assert.Null((await coordinator.Submit(new("r", options, true, [], true))).Refusal);
        Refused(await End(coordinator));
        Assert.Empty(Directory.EnumerateFiles(outside, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_run_of_one_process_stays_where_its_host_has_the_right_to_write()
    {
        using var folder = new TemporaryFolder();
        var data = new NoiseData(8, 8, 5);
        await using var silo = await Silo.SiloHost.StartAsync(
            builder =>
            {
                builder.Services.Add(new(typeof(NeuroTrails.Training.IRunDataSource), data));
                builder.Services.Add(new(typeof(IRunAdmission), new GivenRuns()));
            },
            Silo.SiloHost.OfProcess(folder.File("runs")),
            stop: TestContext.Current.CancellationToken
        );
        var run = new RunDefinition(
            "r",
            folder.Path,
            RunOptionsWriter.ToYaml(
                SmallRun.Options() with
                {
                    Training = new() { Batch = 8, Steps = 1 },
                }
            ),
            Data,
            null
        );
        Refused(await End(await GivenRuns.Begin(silo, run)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static void Refused(RunSnapshot end)
    {
        Assert.Equal(RunPhase.Failed, end.Phase);
        Assert.Contains("may not be written", end.Failure?.Reason, StringComparison.Ordinal);
    }

    private static async Task<RunSnapshot> End(ICoordinatorGrain coordinator)
    {
        while (true)
        {
            if (await coordinator.Poll(0) is { Phase: not RunPhase.Running } end)
            {
                return end;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static RunsRoot Opened(string folder)
    {
        var root = new RunsRoot();
        root.Open(folder);
        return root;
    }
}
