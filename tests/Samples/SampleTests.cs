using NeuroTrails.Configuration;
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

    private static async Task<RunSummary> Train(RunEngine engine, RunOptions options)
    {
        using var folder = new TemporaryFolder();
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
