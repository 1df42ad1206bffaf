using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A run of seconds for tests on clusters, and what its bits must be: threads are fixed,
/// so that they are the same wherever it runs.</summary>
internal static class SmallRun
{
    public const int Steps = 60;

    public static RunOptions Options(int steps = Steps, int checkpointEvery = 5) =>
        new RunOptionsReader().AddPreset("quickstart").Read() is var preset
            ? preset with
            {
                Device = "cpu",
                Model = preset.Model with { Name = "mlp", Hidden = [48, 32, 32] },
                Data = preset.Data with { Limit = 640 },
                Topology = preset.Topology with { Every = 7 },
                Training = preset.Training with { Batch = 32, Steps = steps },
                Checkpoint = preset.Checkpoint with { EverySteps = checkpointEvery },
                Execution = new()
                {
                    BackboneThreads = 1,
                    HeadThreads = 1,
                    ParallelHeads = 2,
                },
            }
            : preset;

    public static async Task<string> Undisturbed(TemporaryFolder folder, Func<RunOptions, RunOptions>? change = null)
    {
        var run = folder.File("undisturbed");
        await new RunEngine(TimeProvider.System).TrainAsync(
            new(change is null ? Options() : change(Options()), run, ResumeMode.Never),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );
        return run;
    }

    public static Task<TrainResult> Train(
        TestCluster cluster,
        string run,
        Func<RunOptions, RunOptions>? change = null,
        string[]? pins = null,
        IProgress<RunUpdate>? updates = null
    ) =>
        TestCluster.Engine.TrainAsync(
            cluster.Address,
            new(run, RunOptionsWriter.ToYaml(change is null ? Options() : change(Options())), false, pins ?? [], true),
            updates ?? new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );

    public static async Task Reach(TestCluster cluster, string run, long step)
    {
        while (true)
        {
            try
            {
                var (snapshot, _) = await TestCluster.Engine.StatusAsync(cluster.Address, run, TestContext.Current.CancellationToken);
                if (snapshot.Step >= step || snapshot.Phase is RunPhase.Finished or RunPhase.Failed)
                {
                    return;
                }
            }
            catch (UserErrorException)
            {
                // Not submitted yet.
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static void Same(string expectedRun, string run)
    {
        var last = Path.GetFileName(Directory.EnumerateDirectories(Path.Combine(expectedRun, "checkpoints"), "step-*").Max()!);
        var files = Directory.EnumerateFiles(Path.Combine(expectedRun, "checkpoints", last), "*.safetensors").ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var other = Path.Combine(run, "checkpoints", last, Path.GetFileName(file));
            Assert.True(
                File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(other)),
                $"{last}/{Path.GetFileName(file)} differs"
            );
        }
    }

    /// <summary>The generations of a run's steps, in the order of its log.</summary>
    public static List<long> Generations(string run) =>
        [
            .. from line in File.ReadLines(Path.Combine(run, "metrics.jsonl"))
            where line.Contains("\"generation\"", StringComparison.Ordinal)
            select System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("generation").GetInt64(),
        ];
}
