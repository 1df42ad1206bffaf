using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run whose folder goes away while it trains has failed, and says so.</summary>
public sealed class RemovedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("removed")]
    [InlineData("moved")]
    [InlineData("made again")]
    public async Task A_folder_that_goes_away_ends_the_run_as_a_failure(string how)
    {
        var run = _folder.File("run");
        var fault = await Assert.ThrowsAsync<RunFailedException>(() =>
            Train(
                run,
                step: 4,
                () =>
                {
                    switch (how)
                    {
                        case "moved":
                            Directory.Move(run, _folder.File("elsewhere"));
                            break;
                        case "made again":
                            Directory.Delete(run, recursive: true);
                            Directory.CreateDirectory(run + "/checkpoints");
                            break;
                        default:
                            Directory.Delete(run, recursive: true);
                            break;
                    }
                }
            )
        );

        // Not the user's settings' fault: the command line ends with 1.
        Assert.Equal(FailureCause.Fault, fault.Failure!.Cause);
        Assert.Contains($"the run folder '{run}' was removed or moved", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(run) ? Directory.GetFiles(run, "*", SearchOption.AllDirectories) : []);
    }

    [Fact]
    public async Task A_folder_that_goes_away_at_the_last_step_is_no_success_either()
    {
        var run = _folder.File("run");
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Train(run, step: Steps, () => Directory.Delete(run, recursive: true)));
        Assert.IsNotType<UserErrorException>(fault);
        Assert.False(File.Exists(Path.Combine(run, "summary.json")));
    }

    private const int Steps = 40;

    private static Task<TrainResult> Train(string run, long step, Action act)
    {
        var options = new RunOptions
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [12, 8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Training = new() { Steps = Steps, Batch = 8 },
            Checkpoint = new() { EverySteps = 1000 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        return new RunEngine(TimeProvider.System, new ActingData(step, act)).TrainAsync(
            new(options, run, ResumeMode.Never),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );
    }
}
