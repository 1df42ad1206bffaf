using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Silo;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Engine;

/// <summary>An answer that is lost on its way keeps nobody from going on.</summary>
public sealed class LostAnswerTests
{
    [Fact]
    public async Task A_new_generation_frees_the_backbone_from_waiting_for_an_answer_that_never_comes()
    {
        var data = new NoiseData(8, 8, 5);
        var loss = new LostAnswer();
        await using var silo = await LocalSilo.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IRunDataSource>(data);
                builder.Services.AddSingleton<IOutgoingGrainCallFilter>(loss);
            },
            TestContext.Current.CancellationToken);
        var backbone = silo.Grains.GetGrain<IBackboneGrain>(GrainKeys.Backbone("r"));
        IOwnerGrain[] owners = [silo.Grains.GetGrain<IHeadGrain>(GrainKeys.Head("r", 0)), silo.Grains.GetGrain<IHeadGrain>(GrainKeys.Head("r", 1)), backbone];
        async Task Prepare(long generation)
        {
            foreach (var owner in owners)
            {
                await owner.Prepare(new("r", generation, RunOptionsWriter.ToYaml(Options()), new(3, 8, 8, 5, data.Shape.TrainingSamples, 0, 16), "cpu", 1, null, [0, 1], 0));
            }
        }

        await Prepare(1);
        loss.Next = nameof(IHeadGrain.Backward);
        var step = backbone.TrainStep(new(new(1, 1)));
        await loss.Lost;
        Assert.False(step.IsCompleted);
        await Prepare(2);
        await Assert.ThrowsAsync<StaleGenerationException>(() => step);
        var reply = await backbone.TrainStep(new(new(2, 1)));
        Assert.True(reply.Applied);
        await Assert.ThrowsAsync<StaleGenerationException>(() => backbone.TrainStep(new(new(1, 2))));
        foreach (var owner in owners)
        {
            await owner.Release(2);
        }
    }

    private static RunOptions Options() => new()
    {
        Device = "cpu",
        Model = new() { Name = "mlp", Hidden = [12, 8, 8] },
        Ensemble = new() { Heads = 2, BlocksInHead = 1 },
        Training = new() { Steps = 5, Batch = 8 },
        Execution = new() { BackboneThreads = 1, HeadThreads = 1, ParallelHeads = 2 },
    };

    /// <summary>Lets one call go out and be done, and never lets its answer in.</summary>
    private sealed class LostAnswer : IOutgoingGrainCallFilter
    {
        private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Next { get; set; }

        public Task Lost => _lost.Task;

        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == Next)
            {
                Next = null;
                _lost.SetResult();
                await new TaskCompletionSource().Task;
            }
        }
    }
}
