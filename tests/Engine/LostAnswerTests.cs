using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
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
        await using var silo = await SiloHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IRunDataSource>(data);
                builder.Services.AddSingleton(new RunsRoot(Path.GetTempPath()));
                builder.Services.AddSingleton<IOutgoingGrainCallFilter>(loss);
            },
            stop: TestContext.Current.CancellationToken
        );
        var backbone = silo.Grains.GetGrain<IBackboneGrain>(GrainKeys.Backbone("r"));
        IOwnerGrain[] owners =
        [
            silo.Grains.GetGrain<IHeadGrain>(GrainKeys.Head("r", 0)),
            silo.Grains.GetGrain<IHeadGrain>(GrainKeys.Head("r", 1)),
            backbone,
        ];
        async Task Prepare(long generation)
        {
            foreach (var owner in owners)
            {
                await owner.Prepare(
                    new(
                        "r",
                        generation,
                        RunOptionsWriter.ToYaml(Options()),
                        new(3, 8, 8, 5, data.Shape.TrainingSamples, 0, 16),
                        "cpu",
                        1,
                        null,
                        [0, 1],
                        0
                    )
                );
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

    [Theory]
    [InlineData(nameof(IOwnerGrain.Prepare))]
    [InlineData(nameof(IOwnerGrain.UpdateTopology))]
    [InlineData(nameof(IOwnerGrain.Save))]
    [InlineData(nameof(IOwnerGrain.Release))]
    [InlineData(nameof(IBackboneGrain.Measure))]
    public async Task What_may_be_asked_again_is_and_the_run_has_the_same_bits(string method)
    {
        var (updates, checkpoint) = await Run(method);
        Assert.Empty(updates.OfType<RunNotice>());
        Assert.Equal((await Run(null)).Checkpoint, checkpoint);
    }

    [Theory]
    [InlineData(nameof(IBackboneGrain.TrainStep))]
    [InlineData(nameof(IHeadGrain.Backward))]
    [InlineData(nameof(IHeadGrain.Infer))]
    public async Task What_hands_tensors_on_is_given_up_and_the_run_goes_on_from_its_last_checkpoint(string method)
    {
        var (updates, checkpoint) = await Run(method);
        Assert.StartsWith(
            "A part of the run was lost after step ",
            Assert.IsType<RunNotice>(updates.First(update => update is RunNotice)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal((await Run(null)).Checkpoint, checkpoint);
    }

    /// <summary>A run on a hurried clock; the answer of one call is lost.</summary>
    private static async Task<(IReadOnlyList<RunUpdate> Updates, string[] Checkpoint)> Run(string? lost)
    {
        var data = new NoiseData(8, 8, 5);
        var loss = new LostAnswer();
        using var folder = new TemporaryFolder();
        await using var silo = await SiloHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IRunDataSource>(data);
                builder.Services.AddSingleton(new RunsRoot(Path.GetTempPath()));
                builder.Services.AddSingleton<IOutgoingGrainCallFilter>(loss);
                builder.Services.AddSingleton<TimeProvider>(new HurriedTime());
                builder.Services.AddSingleton<IRunAdmission>(new GivenRuns());
            },
            stop: TestContext.Current.CancellationToken
        );
        var run = new RunDefinition(
            "r",
            folder.Path,
            RunOptionsWriter.ToYaml(Options()),
            new(3, 8, 8, 5, data.Shape.TrainingSamples, 0, 16),
            null
        );
        loss.Next = lost == nameof(IOwnerGrain.Prepare) ? lost : null;
        var coordinator = await GivenRuns.Begin(silo, run);
        while (lost != nameof(IOwnerGrain.Prepare) && (await coordinator.Poll(long.MaxValue)).Step < 4)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        loss.Next = lost;
        var updates = await TestSilo.Finish(coordinator);
        if (lost is not null)
        {
            await loss.Lost;
        }

        return (
            updates,
            [
                .. Directory
                    .EnumerateFiles(new CheckpointStore(folder.Path, TimeProvider.System).Load("last").Folder, "*.safetensors")
                    .Order(StringComparer.Ordinal)
                    .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
            ]
        );
    }

    private static RunOptions Options() =>
        new()
        {
            Device = "cpu",
            Model = new() { Name = "mlp", Hidden = [12, 8, 8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 0.3, Every = 3 },
            Training = new() { Steps = 60, Batch = 8 },
            Checkpoint = new() { EverySteps = 10 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
}
