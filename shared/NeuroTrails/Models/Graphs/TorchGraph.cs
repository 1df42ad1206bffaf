using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Models.Graphs;

/// <summary>Computes a graph with torch.</summary>
/// <remarks>
/// Autograd keeps what a backward pass needs, and frees it on the way back. A handle of ours on the same tensor would keep it, and
/// everything that nobody needs any more, until the step is over: more than half of a step's memory, and nearly all of an evaluation's. So
/// each value is let go of behind its last use, and where nobody else needs it an operation
/// overwrites its input, which spares memory traffic.
/// </remarks>
internal sealed class TorchGraph
{
    // oneDNN, as libtorch 2.10 has it, divides by zero and so ends the process where it plans a 1×1 convolution of channels-last images
    // with this many weights or more (seen on AMD EPYC with 256×1024; never with fewer weights). Only ResNet-50's last stages have such.
    private const int LargePointwise = 1 << 18;

    private readonly ComputationGraph _graph;
    private readonly string[][] _places;
    private readonly bool[] _overwrites;
    private readonly int[][] _lastUses;

    public TorchGraph(ComputationGraph graph)
    {
        _graph = graph;
        var nodes = graph.Nodes;
        _places = [.. nodes.Select(node => node.Path.Split('.'))];
        var makers = nodes.ToDictionary(node => node.Output.Id);
        var uses = nodes
            .SelectMany((node, index) => node.Inputs.Select(input => (input.Id, index)))
            .ToLookup(use => use.Id, use => use.index);
        _overwrites =
        [
            .. nodes.Select(node =>
                MayOverwrite(node)
                && makers.TryGetValue(node.Inputs[0].Id, out var maker)
                && MayBeOverwritten(maker)
                && IsUsedOnce(maker.Output)
            ),
        ];
        _lastUses =
        [
            .. nodes.Select(
                (node, index) =>
                    node.Inputs.Select(input => input.Id).Distinct().Where(id => id != graph.Output.Id && uses[id].Max() == index).ToArray()
            ),
        ];

        bool IsUsedOnce(GraphValue value) => value.Id != graph.Output.Id && uses[value.Id].Count() == 1;
    }

    /// <summary>Computes the graph.</summary>
    /// <param name="input">[B, C, H, W] (channels-last in memory), [B, C] once flat, [B, L] of tokens or [B, L, C]; it stays.</param>
    /// <param name="tensors">The owner's tensors.</param>
    /// <param name="pass">Training or evaluation, arithmetic, randomness.</param>
    /// <returns>The output in the caller's dispose scope; the input itself where no operation made a tensor.</returns>
    public Tensor Forward(Tensor input, TensorNode tensors, Pass pass)
    {
        var values = new Tensor?[_graph.Nodes.Count + 1];
        values[0] = input;
        for (var index = 0; index < _graph.Nodes.Count; index++)
        {
            var node = _graph.Nodes[index];
            values[node.Output.Id] = Compute(
                node,
                values,
                _places[index].Aggregate(tensors, (place, name) => place.In(name)),
                pass,
                _overwrites[index]
            );
            foreach (var used in _lastUses[index])
            {
                var value = values[used]!;
                values[used] = null;

                // An operation may hand on its input.
                if (!Array.Exists(values, other => ReferenceEquals(other, value)) && !ReferenceEquals(value, input))
                {
                    value.Dispose();
                }
            }
        }

        return values[_graph.Output.Id]!;
    }

    private static bool MayOverwrite(GraphNode node) => node.Operation is ReLUOperation or AddOperation;

    // Those whose backward pass needs no output of theirs, and that make a tensor of their own.
    private static bool MayBeOverwritten(GraphNode node) =>
        node.Operation is ConvolutionOperation or LinearOperation or BatchNormOperation or AddOperation;

    private static Tensor Compute(GraphNode node, Tensor?[] values, TensorNode tensors, Pass pass, bool overwrites)
    {
        using var scope = NewDisposeScope();
        var input = values[node.Inputs[0].Id]!;
        var output = node.Operation switch
        {
            ConvolutionOperation { Kernel: 1, Groups: 1 } conv
                when node.Tensors[0].Count >= LargePointwise && input.device_type == TorchSharp.DeviceType.CPU => Pointwise(
                input,
                pass.Cast(tensors["weight"]),
                conv.Stride
            ),
            ConvolutionOperation conv => nn.functional.conv2d(
                input,
                pass.Cast(tensors["weight"]),
                null,
                [conv.Stride, conv.Stride],
                [conv.Padding, conv.Padding],
                [1, 1],
                conv.Groups
            ),
            LinearOperation { Groups: > 1 } linear => Grouped(input, tensors, pass, linear.Groups),
            LinearOperation { HasBias: false } => nn.functional.linear(input, pass.Cast(tensors["weight"])),
            PerMemberOperation { Adds: true } perMember => ByMember(
                input,
                perMember.Members,
                pass.Cast(tensors["shift"]),
                (values, member) => values.add(member, Scalars.One)
            ),
            PerMemberOperation perMember => ByMember(
                input,
                perMember.Members,
                pass.Cast(tensors["scale"]),
                (values, member) => values.mul(member)
            ),
            ChannelMasksOperation masks => ByMember(
                input,
                masks.Masks.Count,
                tensor(
                        [.. masks.Masks.SelectMany(mask => mask.Select(kept => kept ? 1f : 0f))],
                        [masks.Masks.Count, masks.Masks[0].Count],
                        device: input.device
                    )
                    .to_type(input.dtype),
                (values, member) => values.mul(member)
            ),
            LinearOperation => nn.functional.linear(input, pass.Cast(tensors["weight"]), pass.Cast(tensors["bias"])),

            // libtorch computes bfloat16 activations with float32 statistics.
            BatchNormOperation => nn.functional.batch_norm(
                input,
                tensors["running_mean"],
                tensors["running_var"],
                tensors["weight"],
                tensors["bias"],
                pass.Training,
                momentum: pass.NormMomentum ?? BatchNormOperation.Momentum,
                eps: BatchNormOperation.Epsilon
            ),
            ReLUOperation => nn.functional.relu(input, overwrites),
            AddOperation => overwrites
                ? input.add_(values[node.Inputs[1].Id]!, Scalars.One)
                : input.add(values[node.Inputs[1].Id]!, Scalars.One),
            MaxPoolOperation pool => nn.functional.max_pool2d(
                input,
                [pool.Kernel, pool.Kernel],
                [pool.Stride, pool.Stride],
                [pool.Padding, pool.Padding]
            ),
            GlobalAveragePoolOperation => nn.functional.adaptive_avg_pool2d(input, [1, 1]).flatten(1),
            FlattenOperation => input.dim() == 2 ? input : input.flatten(1),
            DropoutOperation dropout => Drop(input, dropout.Probability, pass),
            EmbeddingOperation => TorchSequences.Embedding(input, tensors, pass),
            RmsNormOperation => TorchSequences.RmsNorm(input, tensors["weight"]),
            AttentionOperation attention => TorchSequences.Attention(
                input,
                values[node.Inputs[1].Id]!,
                values[node.Inputs[2].Id]!,
                attention.Heads
            ),
            SiLUOperation => nn.functional.silu(input),
            MultiplyOperation => input.mul(values[node.Inputs[1].Id]!),
            TorchOperation torch => torch.Block.Forward(input, tensors, pass),
            _ => throw new NotSupportedException($"Torch does not know how to compute {node.Operation.Description}."),
        };
        return ReferenceEquals(output, input) ? output : output.MoveToOuterDisposeScope();
    }

    // [B, G·in] by [G·out, in]: a product for each group.
    private static Tensor Grouped(Tensor input, TensorNode tensors, Pass pass, int groups)
    {
        var weight_GOI = pass.Cast(tensors["weight"]).view(groups, -1, input.shape[1] / groups);
        var input_GBI = input.view(input.shape[0], groups, -1).transpose(0, 1);
        var output = input_GBI.bmm(weight_GOI.transpose(1, 2)).transpose(0, 1).reshape(input.shape[0], -1);
        return tensors.Find("bias") is { } bias ? output.add(pass.Cast(bias), Scalars.One) : output;
    }

    // Each of the batch's M parts, whose sizes differ by 1 at most, with the row [C] of its member.
    private static Tensor ByMember(Tensor input, int members, Tensor rows_MC, Func<Tensor, Tensor, Tensor> combine)
    {
        var batch = input.shape[0];
        var member_B = tensor([.. Enumerable.Range(0, (int)batch).Select(sample => sample * (long)members / batch)], device: input.device);
        var rows_BC = rows_MC.index_select(0, member_B);
        return combine(input, input.dim() == 4 ? rows_BC.unsqueeze(2).unsqueeze(3) : rows_BC);
    }

    // The same function as a matrix product over the channels.
    private static Tensor Pointwise(Tensor input, Tensor weight, int stride)
    {
        var places =
            stride == 1
                ? input
                : input[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride)];
        return nn.functional.linear(places.permute(0, 2, 3, 1), weight.flatten(1)).permute(0, 3, 1, 2);
    }

    private static Tensor Drop(Tensor input, double probability, Pass pass)
    {
        if (!pass.Training && !pass.SamplesDropout)
        {
            return input;
        }

        // Drawn on the CPU in C order, so that every device and memory layout drops the same positions.
        using var noGrad = no_grad();
        long[] shape = pass.Training ? input.shape : [1, .. input.shape[1..]];
        var kept = rand(shape, dtype: ScalarType.Float32, device: CPU, generator: pass.Generator).ge(Scalars.Of(probability));
        var scale = kept.to(input.dtype, input.device).mul(Scalars.Of(1.0 / (1.0 - probability)));
        using var grad = pass.Training ? enable_grad() : null;
        return input.mul(scale);
    }
}
