using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run through the grains has the bits of one monolithic autograd network, whatever the order of replies.</summary>
public sealed class BitIdentityTests
{
    private const int Steps = 7;

    public static TheoryData<int, double, string> Cases =>
        new()
        {
            { 1, 0.2, "wrn-10-1" },
            { 2, 1.0, "wrn-10-1" },
            { 8, 0.2, "wrn-10-1" },
            { 3, 0.2, "resnet18" },
            { 3, 0.3, "mlp" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Grains_have_the_bits_of_one_network(int heads, double density, string model) => Compare(Options(heads, density, model));

    [Theory]
    [InlineData(GrowRule.Random, DropRule.SoftMagnitude, OptimizerKind.Sgd)]
    [InlineData(GrowRule.Momentum, DropRule.Set, OptimizerKind.Adam)]
    [InlineData(GrowRule.Gradient, DropRule.Magnitude, OptimizerKind.AdamW)]
    public Task Every_rule_has_the_bits_of_one_network(GrowRule grow, DropRule drop, OptimizerKind optimizer)
    {
        var options = Options(3, 0.2, "wrn-10-1");
        return Compare(
            options with
            {
                Topology = options.Topology with { Grow = grow, Drop = drop },
                Training = options.Training with { Optimizer = optimizer, LearningRate = 0.01 },
                Model = options.Model with { Dropout = 0.3 },
                Ensemble = options.Ensemble with { Loss = LossCombination.Mean },
            }
        );
    }

    [Theory]
    [InlineData("ensemble", 3, "resnet18")]
    [InlineData("ensemble", 2, "mlp")]
    public Task Independent_networks_in_micro_batches_have_the_bits_of_one_network(string method, int heads, string model)
    {
        var options = Options(heads, 1.0, model);
        return Compare(
            options with
            {
                Ensemble = options.Ensemble with { Method = method },
                Training = options.Training with { MicroBatches = 2 },
                Model = options.Model with { Dropout = 0.2 },
            }
        );
    }

    [Theory]
    [InlineData(2, ActivationType.Arithmetic, "wrn-10-1")]
    [InlineData(4, ActivationType.Bfloat16, "resnet18")]
    [InlineData(8, ActivationType.Arithmetic, "mlp")]
    [InlineData(1, ActivationType.Bfloat16, "wrn-10-1")]
    public Task Micro_batches_and_rounded_activations_have_the_bits_of_one_network_that_does_the_same(
        int microBatches,
        ActivationType activations,
        string model
    )
    {
        var options = Options(3, 0.3, model);
        return Compare(
            options with
            {
                Training = options.Training with { MicroBatches = microBatches, ActivationDtype = activations },
                Model = options.Model with { Dropout = 0.2 },
            }
        );
    }

    [Fact]
    public Task Weights_of_classes_are_the_same_on_grains_and_in_one_network()
    {
        var options = Options(3, 0.3, "mlp");
        return Compare(options with { Training = options.Training with { ClassWeights = ClassWeighting.Balanced, MicroBatches = 2 } });
    }

    [Theory]
    [InlineData("neurotrails", 3, 0.4, 1)]
    [InlineData("neurotrails", 2, 0.4, 4)]
    [InlineData("treenet", 3, 1.0, 2)]
    [InlineData("static", 2, 0.3, 1)]
    [InlineData("single", 1, 1.0, 2)]
    [InlineData("ensemble", 2, 1.0, 2)]
    [InlineData("freetickets_dst", 3, 0.4, 1)]
    public Task Language_models_have_the_bits_of_one_network(string method, int heads, double density, int microBatches)
    {
        var options = Options(heads, density, "llama");
        return Compare(
            options with
            {
                Model = SmallLlama,
                Ensemble = options.Ensemble with { Method = method },
                Topology = options.Topology with { Drop = method == "static" ? DropRule.None : DropRule.Magnitude },
                Training = options.Training with
                {
                    Optimizer = OptimizerKind.Adam,
                    LearningRate = 0.01,
                    LabelSmoothing = 0,
                    MicroBatches = microBatches,
                },
            }
        );
    }

    [Fact]
    public void The_number_of_parts_of_a_batch_of_texts_changes_rounding_only()
    {
        double[][] Losses(int parts)
        {
            var options = Options(2, 0.5, "llama");
            options = options with
            {
                Model = SmallLlama,
                Training = options.Training with
                {
                    Optimizer = OptimizerKind.Adam,
                    LearningRate = 0.01,
                    LabelSmoothing = 0,
                    Precision = Precision.Float64,
                    MicroBatches = parts,
                },
            };
            var text = new NoiseText(options.Training.Batch, 9, 20);
            using var network = new MonolithicTrainer(new(options, text.Shape, new ModelCatalogue()), text, CPU);
            return [.. Enumerable.Range(1, Steps).Select(step => network.Step(step))];
        }

        var expected = Losses(1).SelectMany(losses => losses).ToList();
        foreach (var parts in new[] { 2, 4, 8 })
        {
            Assert.All(expected.Zip(Losses(parts).SelectMany(losses => losses)), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        }
    }

    private static ModelOptions SmallLlama =>
        new()
        {
            Name = "llama",
            HiddenSize = 16,
            IntermediateSize = 24,
            AttentionHeads = 2,
            Layers = 3,
        };

    private static RunOptions Options(int heads, double density, string model) =>
        new()
        {
            Seed = 7,
            Device = "cpu",
            Model = new()
            {
                Name = model,
                Width = model == "resnet18" ? 0.25 : 1,
                Hidden = [24, 16, 12],
            },
            Ensemble = new() { Heads = heads, BlocksInHead = 2 },
            Topology = new() { Density = density, Every = 3 },
            Training = new()
            {
                Steps = Steps,
                Batch = 8,
                LearningRate = 0.05,
                LabelSmoothing = 0.1,
            },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };

    private static async Task Compare(RunOptions options)
    {
        var isText = options.Model.Name == "llama";
        var text = new NoiseText(options.Training.Batch, 9, 20);
        IRunData data = isText ? text : new NoiseData(options.Training.Batch, 8, 5);
        var shuffle = new ShuffledReplies(options.Ensemble.Heads);
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync((IRunDataSource)data, shuffle);
        var description = isText ? text.Description : new DataDescription(3, 8, 8, 5, data.Shape.TrainingSamples, 0, data.Count("test"));
        if (options.Training.ClassWeights == ClassWeighting.Balanced)
        {
            var record = RunDataRecord.Open((IRunDataSource)data, options, null).Record;
            description = DataDescription.Of(record with { Train = record.Train with { ClassCounts = [4000, 2500, 1000, 400, 100] } });
        }

        var run = new RunDefinition("bits", folder.Path, RunOptionsWriter.ToYaml(options), description, null);
        var updates = await TestSilo.Finish(await GivenRuns.Begin(silo, run));
        var checkpoint = new CheckpointStore(folder.Path, TimeProvider.System).Load("last");

        using var executor = new OwnerExecutor("oracle", 1);
        await executor.Run(() => AssertSame(new(options, description.ToShape(), new ModelCatalogue()), data, updates, checkpoint));
        var calls = Steps * options.Training.MicroBatches;
        Assert.Equal(options.Ensemble.Heads * calls, shuffle.Order.Count);
        if (options.Ensemble.Heads > 2)
        {
            // The filter really shuffled: else the test would prove nothing about the order of replies.
            Assert.NotEqual(
                Enumerable.Repeat(Enumerable.Range(0, options.Ensemble.Heads), calls).SelectMany(heads => heads),
                shuffle.Order
            );
        }
    }

    private static void AssertSame(RunPlan plan, IRunData data, IReadOnlyList<RunUpdate> updates, CommittedCheckpoint checkpoint)
    {
        using var oracle = new MonolithicTrainer(plan, data, CPU);
        var losses = Enumerable.Range(1, Steps).SelectMany(step => oracle.Step(step)).ToArray();
        Assert.Equal(losses, updates.OfType<StepProgress>().SelectMany(step => step.LossPerHead));
        foreach (var owner in plan.Owners)
        {
            using var tensors = OwnerTensors.Initialise(plan.Part(owner), 0, CPU, plan.MasterType);
            OwnerShard.Load(tensors, checkpoint.Folder, owner);
            var expected = oracle[owner];
            Assert.Equal(Bits(expected.Generator.get_state()), Bits(tensors.Generator.get_state()));
            foreach (var (a, b) in expected.Parameters.Zip(tensors.Parameters))
            {
                AssertSame(a.Value, b.Value, $"{owner} {a.Spec.Name}");
                Assert.Equal(a.Active, b.Active);
                Assert.Equal(a.Moments.Keys, b.Moments.Keys);
                foreach (var moment in a.Moments.Keys)
                {
                    AssertSame(a.Moments[moment], b.Moments[moment], $"{owner} {a.Spec.Name} {moment}");
                }

                if (a.Mask is not null)
                {
                    AssertSame(a.Mask, b.Mask!, $"{owner} {a.Spec.Name} mask");
                }
            }

            foreach (var (a, b) in expected.Buffers.Zip(tensors.Buffers))
            {
                AssertSame(a.Value, b.Value, $"{owner} {a.Spec.Name}");
            }
        }
    }

    private static void AssertSame(Tensor expected, Tensor actual, string what) =>
        Assert.True(Bits(expected).SequenceEqual(Bits(actual)), $"{what} differs");

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
