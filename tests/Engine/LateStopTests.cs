using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

public sealed class LateStopTests
{
    [Fact]
    public async Task A_stop_between_a_steps_end_and_the_next_one_saves_that_step()
    {
        var data = new NoiseData(8, 8, 5);
        var placement = new SlowPlacement();
        using var folder = new TemporaryFolder();
        await using var silo = await SiloHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IRunDataSource>(data);

                builder.Services.AddSingleton<IOwnerPlacement>(placement);
                builder.Services.AddSingleton<IRunAdmission>(new GivenRuns());
            },
            stop: TestContext.Current.CancellationToken
        );
        var options = new RunOptions
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [12, 8, 8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Training = new() { Steps = 1_000_000, Batch = 8 },
            Checkpoint = new() { EverySteps = 1_000_000 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        var coordinator = await GivenRuns.Begin(
            silo,
            new("r", folder.Path, RunOptionsWriter.ToYaml(options), new(3, 8, 8, 5, data.Shape.TrainingSamples, 0, 16), null)
        );
        while ((await coordinator.Poll(long.MaxValue)).Step < 3)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        // The step has ended without a checkpoint, and the run is asking where its owners should be.
        placement.Hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await coordinator.Reconsider();
        await placement.Asked.WaitAsync(TestContext.Current.CancellationToken);
        await coordinator.Stop();
        placement.Hold.SetResult();
        var last = await coordinator.Poll(long.MaxValue);
        while (last.Phase == RunPhase.Running)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            last = await coordinator.Poll(long.MaxValue);
        }

        Assert.Equal(RunPhase.Stopped, last.Phase);
        Assert.Equal(last.Step, new CheckpointStore(folder.Path, TimeProvider.System).Load("last").Step);
    }

    private sealed class SlowPlacement : IOwnerPlacement
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource? Hold { get; set; }

        public Task Asked => _asked.Task;

        public async Task<IReadOnlyDictionary<OwnerId, OwnerLocation>> Plan(RunPlan plan, string runId, IReadOnlyList<string> pins)
        {
            if (Hold is { } hold)
            {
                _asked.TrySetResult();
                await hold.Task;
            }

            return OwnerId
                .All(plan.Heads)
                .ToDictionary(owner => owner, owner => new OwnerLocation(owner.ToString(), string.Empty, string.Empty, "cpu"));
        }

        public void Aim(OwnerLocation place) { }
    }
}
