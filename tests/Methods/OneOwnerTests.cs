using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using NeuroTrails.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Methods;

/// <summary>What defines the methods whose members live inside one network, against networks written out.</summary>
public sealed class OneOwnerTests
{
    [Theory]
    [InlineData("wrn-10-1")]
    [InlineData("resnet18")]
    [InlineData("mlp")]
    public Task BatchEnsemble_without_factors_is_the_single_network(string model) =>
        InDouble(
            "batch_ensemble",
            model,
            (plan, tensors, input) =>
            {
                foreach (var parameter in tensors.Parameters.Where(parameter => parameter.Spec.Role == TensorRole.FastWeight))
                {
                    parameter.Value.fill_(Scalars.One);
                }

                // One bias for all.
                foreach (
                    var parameter in tensors.Parameters.Where(parameter => parameter.Spec.Name.EndsWith(".shift", StringComparison.Ordinal))
                )
                {
                    parameter.Value.copy_(parameter.Value[0].clone().expand_as(parameter.Value));
                }

                using var one = Thin(plan, model, 1.0);
                Fill(one.Tensors, (name, shape) => Weight(tensors, name) is { } own ? own : Bias(tensors, name, 0));
                var pass = new HeadPass(plan, new(0), tensors);
                var expected = one.Forward(input, training: false);
                var members = plan.Method.Infer(pass, input);
                Assert.Equal([3, input.shape[0], 5], members.shape);
                Assert.All(Enumerable.Range(0, 3), member => Close(expected, members[member]));

                // The parts of a batch that members have in training make the whole batch, with its norms.
                Close(one.Forward(input, training: true), pass.Forward(input, training: true));
            }
        );

    [Theory]
    [InlineData("wrn-10-1")]
    [InlineData("mlp")]
    public Task A_member_of_BatchEnsemble_has_the_shared_weights_times_its_factors(string model) =>
        InDouble(
            "batch_ensemble",
            model,
            (plan, tensors, input) =>
            {
                foreach (var parameter in tensors.Parameters.Where(parameter => parameter.Spec.Role == TensorRole.FastWeight))
                {
                    Assert.True(parameter.Value.abs().eq(Scalars.One).all().ToBoolean());
                    parameter.Value.copy_(randn(parameter.Value.shape, dtype: ScalarType.Float64, generator: tensors.Generator));
                }

                var members = plan.Method.Infer(new(plan, new(0), tensors), input);
                for (var member = 0; member < 3; member++)
                {
                    using var one = Thin(plan, model, 1.0);
                    Fill(
                        one.Tensors,
                        (name, shape) =>
                        {
                            if (Weight(tensors, name) is not { } shared)
                            {
                                return Bias(tensors, name, member);
                            }

                            if (!name.EndsWith(".weight", StringComparison.Ordinal) || shape.Length == 1)
                            {
                                return shared;
                            }

                            var layer = name[..^".weight".Length];
                            var (r, s) = (Weight(tensors, layer + ".r.scale")![member], Weight(tensors, layer + ".s.scale")![member]);
                            long[] ones = [.. Enumerable.Repeat(1L, shape.Length - 2)];
                            return shared * s.view([-1, 1, .. ones]) * r.view([1, -1, .. ones]);
                        }
                    );
                    Close(one.Forward(input, training: false), members[member]);
                }
            }
        );

    [Theory]
    [InlineData("wrn-10-1", 1.5)]
    [InlineData("resnet18", 0.5)]
    [InlineData("mlp", 3.0)]
    public Task Packed_networks_are_thin_networks_side_by_side(string model, double width) =>
        InDouble(
            "packed",
            model,
            (plan, tensors, input) =>
            {
                var pass = new HeadPass(plan, new(0), tensors);
                var members = plan.Method.Infer(pass, input);
                var ones = Enumerable.Range(0, 3).Select(_ => Thin(plan, model, width / 3)).ToList();
                for (var member = 0; member < 3; member++)
                {
                    var rows = member;
                    Fill(ones[member].Tensors, (name, _) => Weight(tensors, name)!.chunk(3)[rows]);
                    Close(ones[member].Forward(input, training: false), members[member]);
                }

                // The loss is the sum of theirs.
                var labels = tensor(Enumerable.Range(0, (int)input.shape[0]).Select(sample => sample % 5L).ToArray());
                var loss = plan.Method.Train(pass, 1, input, labels);
                var separate = ones.Sum(one => nn.functional.cross_entropy(one.Forward(input, training: true), labels).item<double>());
                Assert.Equal(separate, loss.Loss.item<double>() * loss.Factor, 1e-9);
                ones.ForEach(one => one.Dispose());
            },
            $"ensemble.packed_width={width}"
        );

    [Fact]
    public Task Mimo_sees_independent_shuffles_in_training_and_one_sample_in_prediction() =>
        InDouble(
            "mimo",
            "mlp",
            (plan, tensors, input) =>
            {
                var pass = new HeadPass(plan, new(0), tensors);
                var labels = tensor(Enumerable.Range(0, (int)input.shape[0]).Select(sample => sample % 5L).ToArray());
                using var state = tensors.Generator.get_state();
                var loss = plan.Method.Train(pass, 1, input, labels).Loss.item<double>();

                using var again = new Generator(0, CPU);
                again.set_state(state);
                var count = input.shape[0];
                Tensor[] orders =
                [
                    arange(count, dtype: ScalarType.Int64),
                    randperm(count, dtype: ScalarType.Int64, generator: again),
                    randperm(count, dtype: ScalarType.Int64, generator: again),
                ];
                Assert.Equal(3, orders.Select(order => string.Join(',', order.data<long>())).Distinct().Count());
                Tensor Rows(Tensor order) => stack([.. order.data<long>().ToArray().Select(row => input[row])]);
                var logits = pass.Forward(cat([.. orders.Select(Rows)], 1), training: true).view(count, 3, 5);
                var naive = 0.0;
                for (var sample = 0; sample < count; sample++)
                {
                    for (var member = 0; member < 3; member++)
                    {
                        var own = orders[member].data<long>()[sample];
                        naive -= logits[sample, member].log_softmax(0)[own % 5].item<double>() / (3 * count);
                    }
                }

                Assert.Equal(naive, loss, 1e-9);
                var same = pass.Forward(cat([input, input, input], 1), training: false).view(count, 3, 5);
                Assert.All(
                    Enumerable.Range(0, 3),
                    member => Close(same[TensorIndex.Colon, member], plan.Method.Infer(pass, input)[member])
                );
            }
        );

    [Fact]
    public Task Mimo_repeats_a_share_of_its_inputs() =>
        InDouble(
            "mimo",
            "mlp",
            (plan, tensors, input) =>
            {
                // All of them: every member sees the same, whatever the order.
                var pass = new HeadPass(plan, new(0), tensors);
                var labels = zeros(input.shape[0], dtype: ScalarType.Int64);
                var logits = pass.Forward(cat([input, input, input], 1), training: true).view(input.shape[0] * 3, 5);
                var expected = nn.functional.cross_entropy(logits, labels.repeat_interleave(3)).item<double>();
                Assert.Equal(expected, plan.Method.Train(pass, 1, input, labels).Loss.item<double>(), 1e-9);
            },
            "ensemble.input_repetition=1"
        );

    [Fact]
    public Task A_member_of_Masksembles_does_not_see_the_channels_that_it_does_not_have() =>
        InDouble(
            "masksembles",
            "wrn-10-1",
            (plan, tensors, input) =>
            {
                var pass = new HeadPass(plan, new(0), tensors);
                var before = plan.Method.Infer(pass, input);
                var masks = plan.Head.Graph.Nodes.Select(node => node.Operation).OfType<ChannelMasksOperation>().Last().Masks;
                var lacking = Enumerable.Range(0, masks[0].Count).Where(channel => !masks[0][channel]).ToList();
                lacking.ForEach(channel => Weight(tensors, "tail.classifier.weight")![TensorIndex.Colon, channel].fill_(Scalars.Of(100.0)));
                var after = plan.Method.Infer(pass, input);
                Assert.True(before[0].eq(after[0]).all().ToBoolean());
                var having = Enumerable.Range(1, 2).First(member => lacking.Exists(channel => masks[member][channel]));
                Assert.False(before[having].eq(after[having]).all().ToBoolean());
            }
        );

    private static async Task InDouble(string method, string model, Action<RunPlan, OwnerTensors, Tensor> check, params string[] more)
    {
        var options = MethodOptions.Of(
            method,
            model,
            change: reader =>
                more.Concat(["training.precision=float64", "model.dropout=0", "training.label_smoothing=0"])
                    .ToList()
                    .ForEach(assignment => reader.AddAssignment(assignment))
        );
        using var executor = new OwnerExecutor("test", 1);
        await executor.Run(() =>
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var plan = MethodOptions.Plan(options);
            using var tensors = OwnerTensors.Initialise(plan.Head, 3, CPU, plan.MasterType);
            foreach (var (_, buffer) in tensors.Buffers)
            {
                buffer.copy_(rand(buffer.shape, dtype: ScalarType.Float64, generator: tensors.Generator).add(Scalars.Of(0.5)));
            }

            foreach (var parameter in tensors.Parameters.Where(parameter => parameter.Spec.Role == TensorRole.Dense))
            {
                parameter.Value.add_(randn(parameter.Value.shape, dtype: ScalarType.Float64, generator: tensors.Generator));
            }

            check(plan, tensors, randn([6, 3, 8, 8], dtype: ScalarType.Float64, generator: tensors.Generator));
        });
    }

    /// <summary>The single network, of some width.</summary>
    private static One Thin(RunPlan plan, string model, double width) =>
        new(
            MethodOptions.Plan(
                MethodOptions.Of(
                    "ensemble",
                    model,
                    1,
                    reader =>
                        reader
                            .AddAssignment("training.precision=float64")
                            .AddAssignment("model.dropout=0")
                            .AddAssignment(FormattableString.Invariant($"model.width={width}"))
                )
            )
        );

    private static void Fill(OwnerTensors tensors, Func<string, long[], Tensor> value)
    {
        foreach (var parameter in tensors.Parameters)
        {
            parameter.Value.copy_(value(parameter.Spec.Name, parameter.Value.shape));
        }

        foreach (var (spec, buffer) in tensors.Buffers)
        {
            buffer.copy_(value(spec.Name, buffer.shape));
        }
    }

    private static Tensor? Weight(OwnerTensors tensors, string name) =>
        tensors.Parameters.FirstOrDefault(parameter => parameter.Spec.Name == name)?.Value
        ?? tensors.Buffers.FirstOrDefault(buffer => buffer.Spec.Name == name).Value;

    private static Tensor Bias(OwnerTensors tensors, string name, int member) => Weight(tensors, name + ".shift")![member];

    private static void Close(Tensor expected, Tensor actual) =>
        Assert.True(expected.allclose(actual, 1e-9, 1e-11), expected.sub(actual).abs().max().item<double>().ToString());

    private sealed record One(RunPlan Plan) : IDisposable
    {
        public OwnerTensors Tensors { get; } = OwnerTensors.Initialise(Plan.Head, 0, CPU, Plan.MasterType);

        public Tensor Forward(Tensor input, bool training) => new HeadPass(Plan, new(0), Tensors).Forward(input, training);

        public void Dispose() => Tensors.Dispose();
    }
}
