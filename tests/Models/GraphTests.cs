using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Models;

/// <summary>Graphs of blocks: what may be written down, and that torch computes them as a
/// reference does that overwrites nothing and keeps everything.</summary>
public sealed class GraphTests
{
    private static readonly SampleShape Sample = new(3, 6, 5);

    [Fact]
    public void Random_graphs_and_their_gradients_are_those_of_a_naive_reference()
    {
        for (var trial = 0; trial < 400; trial++)
        {
            var random = new Random(trial);
            var part = new NetworkPart(
                [.. Enumerable.Range(0, random.Next(1, 4)).Select(index => Anything($"block{index}", random.Next()))],
                Sample
            );
            using var scope = NewDisposeScope();
            using var tensors = OwnerTensors.Initialise(part, trial, CPU, ScalarType.Float64);
            var input = randn([4, Sample.Channels, Sample.Height, Sample.Width], dtype: ScalarType.Float64, generator: tensors.Generator)
                .requires_grad_();
            var statistics = tensors.Buffers.Select(buffer => buffer.Value.clone()).ToList();
            var state = tensors.Generator.get_state();
            var expected = Results(input, tensors, Reference(part.Graph, input, tensors));
            foreach (var (before, buffer) in statistics.Zip(tensors.Buffers))
            {
                using var noGrad = no_grad();
                buffer.Value.copy_(before);
            }

            tensors.Generator.set_state(state);
            tensors.ClearGradients();
            input.grad = null;
            var actual = Results(input, tensors, part.Forward(input, tensors.Root, new(true, ScalarType.Float64, tensors.Generator)));
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(256, 1024, 1)]
    [InlineData(512, 1024, 2)]
    [InlineData(1024, 512, 1)]
    public void Large_pointwise_convolutions_compute_what_they_say_and_do_not_end_the_process(int inputs, int outputs, int stride)
    {
        var part = new NetworkPart(
            [Block.Of("block", (graph, input) => graph.Convolution(string.Empty, input, outputs, 1, stride))],
            new(inputs, 5, 4)
        );
        using var scope = NewDisposeScope();
        using var tensors = OwnerTensors.Initialise(part, 1, CPU, ScalarType.Float64);
        var contiguous = randn([3, inputs, 5, 4], dtype: ScalarType.Float64, generator: tensors.Generator);
        var input = contiguous.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).requires_grad_();
        var actual = part.Forward(input, tensors.Root, new(true, ScalarType.Float64, tensors.Generator));
        Assert.Equal([3, outputs, (4 / stride) + 1, (3 / stride) + 1], actual.shape);
        Assert.Equal(1, actual.stride()[1]);
        var weight = tensors.Parameters[0].Value;
        var expected = einsum(
            "oi,bihw->bohw",
            weight.flatten(1),
            contiguous[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride)]
        );
        Assert.True(allclose(expected, actual, 1e-12, 1e-12));
        var direction = randn_like(actual);
        (actual * direction).sum().backward();
        Assert.True(allclose(autograd.grad([(expected * direction).sum()], [weight])[0], weight.grad!, 1e-12, 1e-12));
        using var floats = OwnerTensors.Initialise(part, 1, CPU, ScalarType.Float32);
        Assert.Equal(
            actual.shape,
            part.Forward(input.detach().to(ScalarType.Float32), floats.Root, new(false, ScalarType.Float32, floats.Generator)).shape
        );
    }

    [Fact]
    public void What_makes_no_sense_is_refused_when_it_is_written_down()
    {
        Assert.Contains("vector", Refused((graph, input) => graph.Linear("l", input, 3)), StringComparison.Ordinal);
        Assert.Contains(
            "one shape",
            Refused((graph, input) => graph.Add(input, graph.Convolution("c", input, 4, 3))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'block.c.weight'",
            Refused((graph, input) => graph.Convolution("c", graph.Convolution("c", input, 3, 3), 3, 3)),
            StringComparison.Ordinal
        );
        Assert.Contains("kernel", Refused((graph, input) => graph.Convolution("c", input, 3, 2)), StringComparison.Ordinal);
        GraphValue? foreign = null;
        _ = new NetworkPart([Block.Of("block", (graph, input) => foreign = graph.ReLU(input))], Sample);
        Assert.Contains("another graph", Refused((_, _) => foreign!), StringComparison.Ordinal);
    }

    private static string Refused(Func<GraphBuilder, GraphValue, GraphValue> build) =>
        Assert.ThrowsAny<ArgumentException>(() => new NetworkPart([Block.Of("block", build)], Sample)).Message;

    // Operations of any earlier values, so that values are used never, once, or several times.
    private static Block Anything(string name, int seed) =>
        Block.Of(
            name,
            (graph, input) =>
            {
                var random = new Random(seed);
                var values = new List<GraphValue> { input };
                for (var at = 0; at < random.Next(1, 9); at++)
                {
                    var value = values[random.Next(values.Count)];
                    var alike = values.Where(other => other.Shape == value.Shape).ToList();
                    values.Add(
                        random.Next(7) switch
                        {
                            0 => graph.Convolution($"conv{at}", value, random.Next(1, 4), 1 + (2 * random.Next(2)), random.Next(1, 3)),
                            1 => graph.BatchNorm($"bn{at}", value),
                            2 => graph.ReLU(value),
                            3 => graph.Add(value, alike[random.Next(alike.Count)]),
                            4 => graph.Dropout(value, 0.3),
                            5 => graph.MaxPool(value, 3, 1),
                            _ => graph.ReLU(graph.Add(graph.BatchNorm($"bn{at}", value), alike[random.Next(alike.Count)])),
                        }
                    );
                }

                return values[^1];
            }
        );

    private static List<double[]> Results(Tensor input, OwnerTensors tensors, Tensor output)
    {
        output.mul(output).sum().backward();
        return
        [
            output.detach().contiguous().data<double>().ToArray(),
            Gradient(input),
            .. tensors.Parameters.Select(parameter => Gradient(parameter.Value)),
            .. tensors.Buffers.Select(buffer => buffer.Value.data<double>().ToArray()),
        ];

        static double[] Gradient(Tensor tensor) => tensor.grad is { } gradient ? gradient.contiguous().data<double>().ToArray() : [];
    }

    private static Tensor Reference(ComputationGraph graph, Tensor input, OwnerTensors tensors)
    {
        var values = new Dictionary<int, Tensor> { [0] = input };
        foreach (var node in graph.Nodes)
        {
            var (value, all) = (values[node.Inputs[0].Id], node.Path.Split('.').Aggregate(tensors.Root, (place, name) => place.In(name)));
            values[node.Output.Id] = node.Operation switch
            {
                ConvolutionOperation conv => nn.functional.conv2d(
                    value,
                    all["weight"],
                    strides: [conv.Stride, conv.Stride],
                    padding: [conv.Kernel / 2, conv.Kernel / 2]
                ),
                BatchNormOperation => nn.functional.batch_norm(
                    value,
                    all["running_mean"],
                    all["running_var"],
                    all["weight"],
                    all["bias"],
                    true,
                    0.1,
                    1e-5
                ),
                ReLUOperation => nn.functional.relu(value),
                AddOperation => value + values[node.Inputs[1].Id],
                MaxPoolOperation => nn.functional.max_pool2d(value, [3, 3], [1, 1], [1, 1]),
                DropoutOperation => value
                    * (rand(value.shape, dtype: ScalarType.Float32, generator: tensors.Generator) >= 0.3)
                        .to(ScalarType.Float64)
                        .mul((Scalar)(1 / 0.7)),
                _ => throw new NotSupportedException(),
            };
        }

        return values[graph.Output.Id];
    }
}
