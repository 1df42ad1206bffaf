using Microsoft.Extensions.Logging;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run whose disk fills up ends with a message, and goes on once there is room.</summary>
public sealed class FullDiskRunTests
{
    private const int Steps = 40;
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(2);

    private static readonly RunOptions Options = new()
    {
        Device = "cpu",
        Model = new() { Name = "mlp", Hidden = [12, 8] },
        Ensemble = new() { Heads = 2, BlocksInHead = 1 },
        Training = new() { Steps = Steps, Batch = 8 },
        Checkpoint = new() { EverySteps = 10 },
        Execution = new()
        {
            BackboneThreads = 1,
            HeadThreads = 1,
            ParallelHeads = 2,
        },
    };

    [Theory]
    [InlineData(13)] // Between checkpoints.
    [InlineData(10)] // Before a checkpoint.
    [InlineData(Steps)] // Before the last one and the summary.
    public async Task A_disk_that_fills_up_ends_the_run_and_with_room_it_goes_on(int step)
    {
        using var disk = new SmallDisk(4);
        var run = disk.File("run");
        var fault = await Assert.ThrowsAsync<RunFailedException>(() =>
            Train(run, ResumeMode.Never, new ActingData(step, disk.Fill)).WaitAsync(Ample, TestContext.Current.CancellationToken)
        );
        Assert.Equal(FailureCause.Input, fault.Failure!.Cause);
        Assert.Contains("The disk is full: cannot write", fault.Message, StringComparison.Ordinal);
        Assert.All(File.ReadLines(Path.Combine(run, "metrics.jsonl")), line => Assert.EndsWith("}", line, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(run, "*tmp*", SearchOption.AllDirectories));

        disk.MakeRoom();
        var result = await Train(run, ResumeMode.Always, new NoiseData(8, 8, 5));
        Assert.Equal((TrainOutcome.Finished, Steps), (result.Outcome, (int)result.Step));
    }

    [Fact]
    public async Task A_log_that_throws_does_not_keep_a_failing_run_from_ending()
    {
        using var folder = new TemporaryFolder();
        using var log = new FakeLog(
            (category, level, _, _) =>
            {
                if (level >= LogLevel.Error && category.StartsWith("NeuroTrails.Grains", StringComparison.Ordinal))
                {
                    throw new IOException("No space left on device", 28);
                }
            }
        );
        var engine = new RunEngine(
            TimeProvider.System,
            new ActingData(3, () => throw new UserErrorException("no such batch")),
            configure: host => host.Logging.AddProvider(log)
        );
        var fault = await Assert.ThrowsAsync<RunFailedException>(() =>
            engine
                .TrainAsync(
                    new(Options, folder.File("run"), ResumeMode.Never),
                    new Progress<RunUpdate>(),
                    TestContext.Current.CancellationToken
                )
                .WaitAsync(Ample, TestContext.Current.CancellationToken)
        );
        Assert.Contains("no such batch", fault.Message, StringComparison.Ordinal);
    }

    private static Task<TrainResult> Train(string run, ResumeMode resume, NeuroTrails.Training.IRunDataSource data) =>
        new RunEngine(TimeProvider.System, data).TrainAsync(
            new(Options, run, resume),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );
}
