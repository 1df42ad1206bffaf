using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run under way is measured, and neither the reader nor the writer is in the other's way.</summary>
public sealed class ReadersTests
{
    private const int Readings = 5;

    [Theory]
    [InlineData("last")]
    [InlineData("best")]
    public async Task A_run_that_commits_and_prunes_at_every_step_can_be_measured(string which)
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var data = new NoiseData(8, 8, 5) { Validation = 8, Samples = 8 };
        var options = new RunOptions
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [12, 8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Training = new() { Steps = 1_000_000, Batch = 8 },
            Checkpoint = new() { EverySteps = 1 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        var training = new RunEngine(TimeProvider.System, data).TrainAsync(
            new(options, folder.File("run"), ResumeMode.Never),
            new Progress<RunUpdate>(),
            stop.Token
        );
        while (!File.Exists(folder.File("run/checkpoints/best.json")))
        {
            Assert.False(training.IsCompleted);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(CheckpointChoice.TryParse(which, out var choice));
        for (var reading = 0; reading < Readings; reading++)
        {
            var measured = await new RunEngine(TimeProvider.System, data).EvaluateAsync(
                new(folder.File("run"), choice, "test"),
                new Progress<RunUpdate>(),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(16, measured.Samples);
        }

        await stop.CancelAsync();
        Assert.Equal(TrainOutcome.Interrupted, (await training).Outcome);
    }
}
