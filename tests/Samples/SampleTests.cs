using System.Text.Json;
using NeuroTrails.Configuration;
using NeuroTrails.Methods;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Samples;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Samples;

/// <summary>What the samples show must work.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task A_model_of_ones_own_trains_sparse_on_glyphs()
    {
        var models = new ModelCatalogue();
        PatchMixer.Register(models);
        var summary = await Train(
            new RunEngine(TimeProvider.System, models: models),
            new()
            {
                Data = new() { Limit = 256 },
                Model = new() { Name = PatchMixer.Name, Hidden = [16] },
                Topology = new() { Density = 0.3, Every = 5 },
                Training = new()
                {
                    Steps = 12,
                    Batch = 32,
                    LearningRate = 0.05,
                },
            }
        );
        Assert.Equal(0.3, summary.Density, 0.001);
        Assert.Equal(2, summary.TopologyUpdates);
        Assert.Equal(3, summary.HeadAccuracy.Count);
    }

    [Fact]
    public async Task A_method_of_ones_own_makes_an_ensemble()
    {
        EnsembleMethods.Register(new CheckpointEnsemble());
        var summary = await Train(
            new RunEngine(TimeProvider.System),
            new RunOptionsReader()
                .AddAssignment("ensemble.method=checkpoints")
                .AddAssignment("ensemble.heads=1")
                .AddAssignment("topology.density=1")
                .AddAssignment("model.name=mlp")
                .AddAssignment("data.limit=256")
                .AddAssignment("training.steps=12")
                .AddAssignment("training.batch=32")
                .Read()
        );
        Assert.Equal(3, summary.HeadAccuracy.Count);
        Assert.True(summary.Values.Single(value => value.Key == "disagreement").Value > 0);
    }

    [Fact]
    public async Task Data_of_ones_own_is_learnt()
    {
        var summary = await Train(
            new RunEngine(TimeProvider.System, TwoSpirals.Source),
            new()
            {
                Model = new() { Name = "mlp", Hidden = [64, 64, 64] },
                Ensemble = new() { Heads = 2, BlocksInHead = 1 },
                Topology = new() { Density = 0.5, Every = 50 },
                Training = new()
                {
                    Steps = 600,
                    Batch = 64,
                    LearningRate = 0.1,
                    WeightDecay = 0,
                },
            }
        );
        Assert.InRange(summary.Accuracy, 0.9, 1.0);
    }

    [Fact]
    public async Task What_a_program_registered_is_missed_by_name_where_it_is_not_known()
    {
        using var folder = new TemporaryFolder();
        var models = new ModelCatalogue();
        PatchMixer.Register(models);
        var options = new RunOptions
        {
            Model = new() { Name = PatchMixer.Name, Hidden = [8] },
            Data = new() { Limit = 64 },
            Training = new() { Steps = 2, Batch = 16 },
        };
        await Train(new RunEngine(TimeProvider.System, models: models), options, folder);
        var network = await Refusal(engine =>
            engine.OpenAsync(new(Run(folder), CheckpointChoice.Last), new Progress<RunUpdate>(), default)
        );
        Assert.StartsWith("This run's network 'patch-mixer' came from the program that trained it", network, StringComparison.Ordinal);

        using var other = new TemporaryFolder();
        options = options with
        {
            Model = new() { Name = "mlp", Hidden = [8] },
            Ensemble = new() { BlocksInHead = 1 },
            Data = new(),
        };
        await Train(new RunEngine(TimeProvider.System, TwoSpirals.Source), options, other);
        var data = await Refusal(engine =>
            engine.EvaluateAsync(new(Run(other), CheckpointChoice.Last, null), new Progress<RunUpdate>(), default)
        );
        Assert.StartsWith("This run's data 'two-spirals' came from the program that trained it", data, StringComparison.Ordinal);

        static string Run(TemporaryFolder folder) => Path.Combine(folder.Path, "run");

        static async Task<string> Refusal(Func<RunEngine, Task> use) =>
            (await Assert.ThrowsAsync<UserErrorException>(() => use(new(TimeProvider.System)))).Message;
    }

    [Fact]
    public async Task A_metric_of_ones_own_is_measured_and_written_everywhere()
    {
        using var folder = new TemporaryFolder();
        var metrics = new MetricCatalogue();
        metrics.Register(TopTwoAccuracy.Definition);
        var engine = new RunEngine(TimeProvider.System, metrics: metrics);
        var summary = await Train(
            engine,
            new()
            {
                Data = new() { Limit = 256 },
                Model = new() { Name = "mlp", Hidden = [16] },
                Ensemble = new() { BlocksInHead = 1 },
                Training = new() { Steps = 12, Batch = 32 },
                Topology = new() { Every = 5 },
            },
            folder
        );
        var stop = TestContext.Current.CancellationToken;
        var run = Path.Combine(folder.Path, "run");
        var evaluated = await engine.EvaluateAsync(new(run, CheckpointChoice.Last, summary.Split), new Progress<RunUpdate>(), stop);
        Assert.Equal(summary["top_two_accuracy"], evaluated["top_two_accuracy"]);
        Assert.Equal(3, evaluated.OfHeads("top_two_accuracy")!.Count);
        Assert.InRange(evaluated["top_two_accuracy"]!.Value, evaluated.Accuracy, 1);

        var text = await File.ReadAllTextAsync(Path.Combine(run, "summary.json"), stop);
        Assert.Equal(summary["top_two_accuracy"], JsonDocument.Parse(text).RootElement.GetProperty("top_two_accuracy").GetDouble());
        var lines = await File.ReadAllLinesAsync(Path.Combine(run, "metrics.jsonl"), stop);
        Assert.Contains(lines, line => line.Contains("\"top_two_accuracy\":", StringComparison.Ordinal));
    }

    private static async Task<RunSummary> Train(RunEngine engine, RunOptions options)
    {
        using var folder = new TemporaryFolder();
        return await Train(engine, options, folder);
    }

    private static async Task<RunSummary> Train(RunEngine engine, RunOptions options, TemporaryFolder folder)
    {
        options = options with
        {
            Device = "cpu",
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        var request = new TrainRequest(options, Path.Combine(folder.Path, "run"), ResumeMode.Never);
        var result = await engine.TrainAsync(request, new Progress<RunUpdate>(), TestContext.Current.CancellationToken);
        return result.Summary!;
    }
}
