#if ORLEANS_PACKAGE
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A run small enough for clusters on two cores: threads are fixed, so that its bits are the same wherever it runs.</summary>
internal static class TinyRun
{
    public static RunOptions Options(int steps, int checkpointEvery) => new RunOptionsReader().AddPreset("quickstart").Read() is var preset
        ? preset with
        {
            Device = "cpu",
            Model = preset.Model with { Name = "mlp", Hidden = [48, 32, 32] },
            Data = preset.Data with { Limit = 640 },
            Topology = preset.Topology with { Every = 7 },
            Training = preset.Training with { Batch = 32, Steps = steps },
            Evaluation = preset.Evaluation with { EveryEpochs = 1000 },
            Checkpoint = new() { EverySteps = checkpointEvery },
            Execution = new() { BackboneThreads = 1, HeadThreads = 1, ParallelHeads = 2 },
        }
        : preset;

    /// <summary>The run in this process, left in peace.</summary>
    public static async Task<string> UndisturbedAsync(RunOptions options, string folder)
    {
        await new RunEngine(TimeProvider.System).TrainAsync(new(options, folder, ResumeMode.Never), new Progress<RunUpdate>(), TestContext.Current.CancellationToken);
        return folder;
    }

    /// <summary>Asserts that the last checkpoints of two runs are equal to the bit.</summary>
    public static void Same(string expectedRun, string run)
    {
        var last = Path.GetFileName(Directory.EnumerateDirectories(Path.Combine(expectedRun, "checkpoints"), "step-*").Max()!);
        var files = Directory.EnumerateFiles(Path.Combine(expectedRun, "checkpoints", last), "*.safetensors").ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var other = Path.Combine(run, "checkpoints", last, Path.GetFileName(file));
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(other)), $"{last}/{Path.GetFileName(file)} differs");
        }
    }
}
#endif
