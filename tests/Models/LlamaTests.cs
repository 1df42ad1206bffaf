using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Training;
using NeuroTrails.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Models;

/// <summary>The multi-head LLaMA: what it computes, how large it is, what it refuses.</summary>
public sealed class LlamaTests
{
    [Fact]
    public void Random_networks_score_tokens_as_plain_loops_do()
    {
        for (var trial = 0; trial < 150; trial++)
        {
            using var scope = NewDisposeScope();
            var (random, size) = (new Random(trial), Small.Draw(trial));
            using var tensors = size.Initialise(trial);
            var batch = Windows(random, random.Next(1, 4), size.Length, size.Vocabulary);
            var tokens_BL = tensor(batch.Tokens, [batch.Count, size.Length]);
            var pass = new Pass(false, ScalarType.Float64, tensors.Generator);
            var logits = size.Part.Forward(tokens_BL, tensors.Root, pass).flatten().data<double>().ToArray();
            var naive = new NaiveLlama(tensors, size.Hidden, size.Intermediate, size.Heads, size.Layers);
            var expected = batch
                .Tokens.Chunk(size.Length)
                .SelectMany(window => naive.Scores(window, size.Vocabulary))
                .SelectMany(row => row);
            Assert.All(expected.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        }
    }

    [Fact]
    public void Gradients_are_the_slopes_of_the_loss()
    {
        for (var trial = 0; trial < 60; trial++)
        {
            using var scope = NewDisposeScope();
            var (random, size) = (new Random(trial), Small.Draw(1000 + trial));
            using var tensors = size.Initialise(trial);
            var batch = Windows(random, 2, size.Length, size.Vocabulary);
            var (tokens, next) = BatchTensors.ToDevice(batch, CPU, ScalarType.Float64, channelsLast: true);
            Loss().backward();
            foreach (var parameter in tensors.Parameters)
            {
                var direction = randn(parameter.Value.shape, dtype: ScalarType.Float64, generator: tensors.Generator);
                var slope = parameter.Value.grad!.mul(direction).sum().ToDouble();

                // Central differences of fourth order.
                const double Step = 2e-5;
                using var noGrad = no_grad();
                var at = new[] { -2, -1, 1, 2 }.Select(Moved).ToArray();
                var expected = ((8 * (at[2] - at[1])) - (at[3] - at[0])) / (12 * Step);
                Assert.True(Math.Abs(expected - slope) <= 1e-6 * (1 + Math.Abs(slope)), $"{parameter.Spec.Name}: {slope}, not {expected}");

                double Moved(int steps)
                {
                    parameter.Value.add_(direction.mul(steps * Step));
                    var loss = Loss().ToDouble();
                    parameter.Value.sub_(direction.mul(steps * Step));
                    return loss;
                }
            }

            Tensor Loss() =>
                TokenCrossEntropy.Sum(size.Part.Forward(tokens, tensors.Root, new(true, ScalarType.Float64, tensors.Generator)), next);
        }
    }

    [Fact]
    public void No_position_sees_a_later_one_nor_padding()
    {
        for (var trial = 0; trial < 100; trial++)
        {
            using var scope = NewDisposeScope();
            var (random, size) = (new Random(trial), Small.Draw(2000 + trial));
            using var tensors = size.Initialise(trial);
            var batch = Windows(random, 1, size.Length, size.Vocabulary);
            var kept = random.Next(1, size.Length);
            var before = Scores();
            for (var i = kept; i < size.Length; i++)
            {
                batch.Tokens[i] = trial % 2 == 0 ? -1 : random.Next(size.Vocabulary);
            }

            Assert.All(before.Zip(Scores()).Take(kept * size.Vocabulary), pair => Assert.Equal(pair.First, pair.Second, 1e-13));

            double[] Scores()
            {
                var (tokens, _) = BatchTensors.ToDevice(batch, CPU, ScalarType.Float64, channelsLast: true);
                return size
                    .Part.Forward(tokens, tensors.Root, new(false, ScalarType.Float64, tensors.Generator))
                    .flatten()
                    .data<double>()
                    .ToArray();
            }
        }
    }

    [Fact]
    public void The_next_token_is_the_label_but_for_a_windows_last_and_padding()
    {
        var batch = new HostBatch(2, SampleShape.Tokens(4));
        long[] tokens = [5, 6, 7, 8, 3, 4, -1, -1];
        tokens.CopyTo(batch.Tokens, 0);
        var (seen, next) = BatchTensors.ToDevice(batch, CPU, ScalarType.Float32, channelsLast: true);
        Assert.Equal([5, 6, 7, 8, 3, 4, 0, 0], seen.flatten().data<long>().ToArray());
        Assert.Equal([6, 7, 8, -1, 4, -1, -1, -1], next.flatten().data<long>().ToArray());
        Assert.Equal(4, TokenCrossEntropy.Targets(next));
    }

    [Theory]
    [InlineData("llama-9m", 4, 9_000_000)]
    [InlineData("llama-130m", 12, 134_105_856)]
    [InlineData("llama-350m", 24, 367_971_328)]
    public void Sizes_are_those_of_their_names(string name, int layers, long parameters)
    {
        var network = new ModelCatalogue().Build(new() { Name = name }, SampleShape.Tokens(256), 32_000);
        Assert.Equal(layers, network.Blocks.Count);
        var counted = new[] { network.Cut(2) }.Sum(cut => cut.Backbone.Parameters.Concat(cut.Head.Parameters).Sum(spec => spec.Count));
        Assert.InRange(counted, parameters * 0.99, parameters * 1.01);
    }

    [Fact]
    public void Multiply_adds_are_counted_for_every_position_and_every_pair_of_them()
    {
        var options = new RunOptions
        {
            Model = new()
            {
                Name = "llama",
                HiddenSize = 8,
                IntermediateSize = 12,
                AttentionHeads = 2,
                Layers = 3,
            },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 1 },
            Training = new() { Batch = 4 },
        };
        var plan = new RunPlan(options, new(SampleShape.Tokens(10), 50, 100), new());

        // Two shared layers and one in each of two heads: weights of a position, then scores and their products with values.
        var layer = (10L * ((4 * 8 * 8) + (3 * 8 * 12))) + (2 * 8 * Enumerable.Range(1, 10).Sum());
        Assert.Equal((4 * layer) + (2 * 10 * 8 * 50), plan.Size.Macs);
        Assert.Equal(plan.Size.Macs, plan.Size.ActiveMacs);
    }

    [Fact]
    public void The_embedding_is_masked_unless_it_shall_be_dense()
    {
        foreach (var dense in new[] { false, true })
        {
            var network = new ModelCatalogue().Build(new() { Name = "llama", DenseEmbedding = dense }, SampleShape.Tokens(8), 256);
            var (backbone, head) = network.Cut(2);
            Assert.Equal(!dense, backbone.Tensors[0].Maskable);
            Assert.All(backbone.Tensors.Skip(1).Concat(head.Tensors), spec => Assert.Equal(spec.Shape.Count == 2, spec.Maskable));
        }
    }

    [Theory]
    [InlineData("mlp", "neurotrails", true, "llama-9m")]
    [InlineData("wrn-10-1", "neurotrails", true, "llama-9m")]
    [InlineData("llama", "neurotrails", false, "data.name")]
    [InlineData("llama", "mimo", true, "neurotrails")]
    [InlineData("llama", "mc_dropout", true, "neurotrails")]
    public void What_does_not_fit_texts_is_refused_in_one_sentence(string model, string method, bool isText, string named)
    {
        var reader = new RunOptionsReader().AddAssignment($"model.name={model}").AddAssignment($"ensemble.method={method}");
        var shape = isText ? SampleShape.Tokens(16) : new(3, 8, 8);
        var error = Assert.Throws<UserErrorException>(() => new RunPlan(reader.Read(), new(shape, 256, 1000), new()));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("Change ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.hidden_size=30")]
    [InlineData("model.width=2")]
    [InlineData("ensemble.prediction=logits")]
    [InlineData("training.label_smoothing=0.1")]
    [InlineData("topology.iso_flops=true")]
    public void Settings_that_do_not_fit_are_refused(string assignment)
    {
        var reader = new RunOptionsReader().AddAssignment("model.name=llama").AddAssignment(assignment);
        var error = Assert.Throws<UserErrorException>(() => new RunPlan(reader.Read(), new(SampleShape.Tokens(16), 256, 1000), new()));
        Assert.Contains(assignment.Split('=')[0], error.Message, StringComparison.Ordinal);
    }

    private static HostBatch Windows(Random random, int count, int length, int vocabulary)
    {
        var batch = new HostBatch(count, SampleShape.Tokens(length));
        for (var i = 0; i < batch.Tokens.Length; i++)
        {
            batch.Tokens[i] = random.Next(vocabulary);
        }

        return batch;
    }

    private sealed record Small(int Hidden, int Intermediate, int Heads, int Layers, int Length, int Vocabulary)
    {
        public NetworkPart Part { get; } =
            new ModelCatalogue()
                .Build(
                    new()
                    {
                        Name = "llama",
                        HiddenSize = Hidden,
                        IntermediateSize = Intermediate,
                        AttentionHeads = Heads,
                        Layers = Layers,
                    },
                    SampleShape.Tokens(Length),
                    Vocabulary
                )
                .Uncut()
                .Head;

        public static Small Draw(int seed)
        {
            var random = new Random(seed);
            var heads = random.Next(1, 4);
            return new(2 * heads * random.Next(1, 4), random.Next(1, 12), heads, random.Next(1, 3), random.Next(2, 9), random.Next(2, 12));
        }

        // Larger weights than those that training starts from, so that nothing is nearly zero.
        public OwnerTensors Initialise(int seed)
        {
            var tensors = OwnerTensors.Initialise(Part, seed, CPU, ScalarType.Float64);
            using var noGrad = no_grad();
            foreach (var parameter in tensors.Parameters)
            {
                parameter.Value.add_(randn(parameter.Value.shape, dtype: ScalarType.Float64, generator: tensors.Generator).mul(0.4));
            }

            return tensors;
        }
    }
}
