using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run goes on with its own settings, whatever somebody wrote into its config.yaml; a few may change.</summary>
public sealed class KnownSettingsTests : IDisposable
{
    private static readonly RunOptions Options = new()
    {
        Device = "cpu",
        Model = new() { Name = "mlp", Hidden = [12, 8] },
        Ensemble = new() { Heads = 2, BlocksInHead = 1 },
        Training = new() { Steps = 10, Batch = 8 },
        Execution = new()
        {
            BackboneThreads = 1,
            HeadThreads = 1,
            ParallelHeads = 2,
        },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly List<RunNotice> _told = [];

    private RunFolder Run => new(_folder.File("run"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_finished_run_is_extended()
    {
        await Train(Options, ResumeMode.Never);
        var result = await Train(
            Options with
            {
                Training = Options.Training with { Steps = 20, LearningRate = 0.01 },
                Checkpoint = new() { Keep = 3 },
            },
            ResumeMode.Always
        );
        Assert.Equal((TrainOutcome.Finished, 20L, 20L), (result.Outcome, result.Step, result.Summary!.Steps));
        Assert.Equal(20, File.ReadLines(Run.MetricsPath).Count(line => line.Contains("head_loss", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "training.steps is 20 from here on; it was 10.",
                "training.learning_rate is 0.01 from here on; it was 0.1.",
                "checkpoint.keep is 3 from here on; it was 2.",
            ],
            _told.Select(told => told.Message).Where(told => told.Contains("from here on", StringComparison.Ordinal))
        );
        var known = Parse(Run.ConfigPath);
        Assert.Equal((20, 0.01, 3), (known.Training.Steps, known.Training.LearningRate, known.Checkpoint.Keep));
        Assert.Equal(File.ReadAllText(Run.ConfigPath), File.ReadAllText(Run.StartedPath));
    }

    [Fact]
    public async Task What_was_edited_is_named_and_refused_and_nothing_changes()
    {
        await Train(Options, ResumeMode.Never);
        Edit("batch: 8", "batch: 4");
        Edit("density: ", "density: 0.9 #");
        var before = Files();
        var fault = await Assert.ThrowsAsync<UserErrorException>(() => Train(Parse(Run.ConfigPath), ResumeMode.Always));
        Assert.Contains("training.batch: the run has 8, asked for is 4", fault.Message, StringComparison.Ordinal);
        Assert.Contains("topology.density: the run has ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("training.steps: the run", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());

        fault = await Assert.ThrowsAsync<UserErrorException>(() =>
            new RunEngine(TimeProvider.System, new NoiseData(8, 8, 5)).EvaluateAsync(
                new(Run.Path, CheckpointChoice.Last, "test"),
                new Progress<RunUpdate>(),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("training.batch: the run has 8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_file_that_says_what_is_allowed_stays_as_it_was_written()
    {
        await Train(Options, ResumeMode.Never);
        Edit("steps: 10", "steps: 12 # a bit more");
        var written = File.ReadAllText(Run.ConfigPath);
        Assert.Equal(12, (await Train(Parse(Run.ConfigPath), ResumeMode.Auto)).Step);
        Assert.Equal(written, File.ReadAllText(Run.ConfigPath));
        Assert.Equal(12, Parse(Run.StartedPath).Training.Steps);
    }

    [Fact]
    public async Task A_run_does_not_go_back()
    {
        await Train(Options, ResumeMode.Never);
        var fault = await Assert.ThrowsAsync<UserErrorException>(() =>
            Train(Options with { Training = Options.Training with { Steps = 9 } }, ResumeMode.Always)
        );
        Assert.Contains("is at step 10 already, and 9 steps are asked for. Allowed: at least 10.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(10, Parse(Run.ConfigPath).Training.Steps);
    }

    [Fact]
    public async Task A_run_of_an_earlier_version_is_believed_and_remembered()
    {
        await Train(Options, ResumeMode.Never);
        File.Delete(Run.StartedPath);
        Edit("steps: 10", "steps: 11");

        // By what its config.yaml says, and not by what is asked for besides.
        var own = Parse(Run.ConfigPath);
        var fault = await Assert.ThrowsAsync<UserErrorException>(() =>
            Train(own with { Training = own.Training with { Batch = 4 } }, ResumeMode.Always)
        );
        Assert.Contains("training.batch: the run has 8, asked for is 4", fault.Message, StringComparison.Ordinal);
        Assert.Equal(11, (await Train(Parse(Run.ConfigPath), ResumeMode.Always)).Step);
        Assert.Equal(11, Parse(Run.StartedPath).Training.Steps);
    }

    private static RunOptions Parse(string path) => RunOptionsReader.Parse(File.ReadAllText(path));

    private void Edit(string text, string by)
    {
        var config = File.ReadAllText(Run.ConfigPath);
        Assert.Contains(text, config, StringComparison.Ordinal);
        File.WriteAllText(Run.ConfigPath, config.Replace(text, by, StringComparison.Ordinal));
    }

    private List<(string, DateTime)> Files() =>
        [
            .. Directory
                .GetFiles(Run.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => (path, File.GetLastWriteTimeUtc(path))),
        ];

    private Task<TrainResult> Train(RunOptions options, ResumeMode resume) =>
        new RunEngine(TimeProvider.System, new NoiseData(8, 8, 5)).TrainAsync(
            new(options, Run.Path, resume),
            Listener.Of(_told),
            TestContext.Current.CancellationToken
        );
}
