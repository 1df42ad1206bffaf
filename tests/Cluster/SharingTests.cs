using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Formats;
using NeuroTrails.Grains;
using NeuroTrails.Methods;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Engine;
using NeuroTrails.Tests.Methods;
using NeuroTrails.Training;
using static NeuroTrails.Tests.Cluster.SmallRun;

namespace NeuroTrails.Tests.Cluster;

/// <summary>What is shared between silos, activations or gradients, changes no numbers, for any method.</summary>
[Collection(nameof(Alone))]
public sealed class SharingTests
{
    [Theory]
    [InlineData("backbone=a head0=a head1=b head2=b", GrowRule.Gradient, 1, "wrn-10-1", 20)]
    [InlineData("backbone=a head0=b head1=b head2=b", GrowRule.Momentum, 2, "mlp", Steps)]
    [InlineData("backbone=b head0=a head1=b head2=c", GrowRule.Gradient, 4, "mlp", Steps)]
    public async Task Shared_gradients_give_the_numbers_of_one_process_and_the_same_bits_each_time(
        string places,
        GrowRule grow,
        int microBatches,
        string model,
        int steps
    )
    {
        var pins = places.Split(' ');
        RunOptions Change(RunOptions options) =>
            options with
            {
                Model = options.Model with { Name = model },
                Topology = options.Topology with { Grow = grow },
                Training = options.Training with { Steps = steps, MicroBatches = microBatches, Precision = Precision.Float64 },
                Execution = options.Execution with { Share = Sharing.Gradients, CheckReplicasEvery = 3 },
            };
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder, Change);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b", "c");
        var first = await Train(cluster, "r", Change, pins);
        Assert.Equal(TrainOutcome.Finished, first.Outcome);
        await Train(cluster, "again", Change, pins);
        Same(folder.File("runs/r"), folder.File("runs/again"));

        // In float64 rounding stays too small to change what is dropped and grown within this run.
        Close(expected, folder.File("runs/r"), 1e-9);
    }

    [Theory]
    [InlineData("ensemble", Sharing.Gradients)]
    [InlineData("ensemble", Sharing.Auto)]
    [InlineData("treenet", Sharing.Activations)]
    public async Task Parts_of_batches_have_the_bits_of_one_process_on_three_silos(string method, Sharing share)
    {
        RunOptions Change(RunOptions options) =>
            options with
            {
                Model = options.Model with { Name = "wrn-10-1", Dropout = 0.2 },
                Ensemble = options.Ensemble with { Method = method, Loss = LossCombination.Sum },
                Topology = options.Topology with { Density = 1 },
                Training = options.Training with { Steps = 40, MicroBatches = 4, ClipNorm = null },
                Execution = options.Execution with { Share = share, CheckReplicasEvery = 3 },
            };
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder, Change);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b", "c");
        Assert.Equal(TrainOutcome.Finished, (await Train(cluster, "r", Change, ["backbone=a", "head0=a", "head1=b", "head2=c"])).Outcome);
        Same(expected, folder.File("runs/r"));
    }

    [Fact]
    public async Task Every_method_has_the_bits_of_one_process_on_two_silos()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b");
        foreach (var method in EnsembleMethods.All.Select(method => method.Name))
        {
            var options = MethodOptions.Of(
                method,
                model: method == "mc_dropout" ? "wrn-10-1" : "mlp",
                change: reader =>
                {
                    reader.AddAssignment("data.name=glyphs").AddAssignment("data.limit=120");
                    if (method == "distil")
                    {
                        reader.AddAssignment($"ensemble.teacher={folder.File("runs/ensemble")}");
                    }
                }
            );
            await new RunEngine(TimeProvider.System).TrainAsync(
                new(options, folder.File($"alone/{method}"), ResumeMode.Never),
                new Progress<RunUpdate>(),
                TestContext.Current.CancellationToken
            );
            string[] pins = ["backbone=a", .. Enumerable.Range(0, options.Ensemble.Heads).Select(head => $"head{head}={"bab"[head]}")];
            Assert.Equal(TrainOutcome.Finished, (await Train(cluster, method, _ => options, pins)).Outcome);
            Same(folder.File($"alone/{method}"), folder.File($"runs/{method}"));
        }
    }

    [Theory]
    [InlineData("neurotrails", Sharing.Activations)]
    [InlineData("neurotrails", Sharing.Gradients)]
    [InlineData("freetickets_dst", Sharing.Activations)]
    public async Task Language_models_have_the_numbers_of_one_process_on_two_silos(string method, Sharing share)
    {
        using var folder = new TemporaryFolder();
        var text = new NoiseText(8, 12, 40);
        RunOptions Change(RunOptions options) =>
            options with
            {
                Model = new()
                {
                    Name = "llama",
                    HiddenSize = 16,
                    IntermediateSize = 24,
                    AttentionHeads = 2,
                    Layers = 3,
                },
                Ensemble = options.Ensemble with { Method = method, Loss = LossCombination.Sum },
                Topology = options.Topology with { Density = 0.5, Every = 5 },
                Training = options.Training with
                {
                    Batch = 8,
                    Steps = 30,
                    MicroBatches = 2,
                    Optimizer = OptimizerKind.Adam,
                    LearningRate = 0.003,
                    WeightDecay = 0,
                    ClipNorm = null,
                    Precision = Precision.Float64,
                },
                Execution = options.Execution with { Share = share, CheckReplicasEvery = 3 },
            };
        var expected = folder.File("alone");
        await new RunEngine(TimeProvider.System, text).TrainAsync(
            new(Change(Options()), expected, ResumeMode.Never),
            new Progress<RunUpdate>(),
            TestContext.Current.CancellationToken
        );
        await using var cluster = new TestCluster(
            folder.File("runs"),
            configure: builder => builder.Services.AddSingleton<IRunDataSource>(text)
        );
        await cluster.StartAsync("a", "b");
        Assert.Equal(TrainOutcome.Finished, (await Train(cluster, "r", Change, ["backbone=a", "head0=b", "head1=a", "head2=b"])).Outcome);
        if (share == Sharing.Activations)
        {
            Same(expected, folder.File("runs/r"));
        }
        else
        {
            Close(expected, folder.File("runs/r"), 1e-9);
        }

        // Measured where the heads are, and yet the same.
        var (near, far) = (
            SummaryFile.Read(Path.Combine(expected, "summary.json"))!,
            SummaryFile.Read(folder.File("runs/r/summary.json"))!
        );
        foreach (var name in new[] { "nll", "perplexity", "accuracy", "ece", "disagreement" })
        {
            Assert.Equal(near[name]!.Value, far[name]!.Value, share == Sharing.Activations ? 0 : 1e-7);
        }
    }

    [Fact]
    public async Task Replicas_follow_the_heads_when_a_silo_leaves_and_another_joins()
    {
        RunOptions Change(RunOptions options) =>
            options with
            {
                Training = options.Training with { Precision = Precision.Float64 },
                Execution = options.Execution with { Share = Sharing.Gradients, CheckReplicasEvery = 3 },
            };
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder, Change);
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b", "c");
        var training = Train(cluster, "r", Change);
        await Reach(cluster, "r", 10);
        await cluster.StopAsync("b");
        await Reach(cluster, "r", 25);
        await cluster.StartAsync("d");
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        Close(expected, folder.File("runs/r"), 1e-9);

        // Owners and replicas are released once the run has ended, those of earlier layouts as well.
        while (
            (await TestCluster.Engine.OverviewAsync(cluster.Address, TestContext.Current.CancellationToken)).Members.Any(member =>
                member.Owners.Length > 0
            )
        )
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_replica_that_differs_ends_the_run_before_anything_of_it_is_committed()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(
            folder.File("runs"),
            configure: builder => builder.Services.AddSingleton<IIncomingGrainCallFilter, OtherDigest>()
        );
        await cluster.StartAsync("a", "b");
        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            Train(
                cluster,
                "r",
                options => options with { Execution = options.Execution with { Share = Sharing.Gradients, CheckReplicasEvery = 4 } },
                ["backbone=a", "head0=b"]
            )
        );
        Assert.Contains("step 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("replica-1 of the backbone differs", error.Message, StringComparison.Ordinal);
        Assert.Contains("--share activations", error.Message, StringComparison.Ordinal);
        Assert.True(Assert.IsType<RunFailedException>(error).Failure!.IsUsers);
        Assert.Empty(Directory.EnumerateDirectories(folder.File("runs/r/checkpoints"), "step-*"));
    }

    /// <summary>What a replica on another kind of processor might answer.</summary>
    private sealed class OtherDigest : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == nameof(IReplicaGrain.Digest))
            {
                context.Result = "0";
            }
        }
    }

    private static void Close(string expectedRun, string run, double tolerance)
    {
        var last = Directory.EnumerateDirectories(Path.Combine(expectedRun, "checkpoints"), "step-*").Max()!;
        foreach (var path in Directory.EnumerateFiles(last, "*.safetensors"))
        {
            using var expected = SafetensorsFile.Open(path);
            using var actual = SafetensorsFile.Open(Path.Combine(run, "checkpoints", Path.GetFileName(last), Path.GetFileName(path)));
            foreach (var info in expected.Tensors)
            {
                var (a, b) = (expected.Read(info.Name).Data, actual.Read(info.Name).Data);
                Assert.Equal(a.Length, b.Length);
                if (info.DType != StoredDType.F64)
                {
                    Assert.True(a.Span.SequenceEqual(b.Span), $"{Path.GetFileName(path)}: {info.Name} differs");
                    continue;
                }

                var (x, y) = (MemoryMarshal.Cast<byte, double>(a.Span).ToArray(), MemoryMarshal.Cast<byte, double>(b.Span).ToArray());
                Assert.InRange(x.Zip(y, (one, other) => Math.Abs(one - other)).DefaultIfEmpty(0).Max(), 0, tolerance);
            }
        }
    }
}
