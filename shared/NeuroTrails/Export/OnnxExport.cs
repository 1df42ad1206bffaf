using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Export;

/// <summary>Writes an ensemble as one ONNX model: the backbone once, all heads, and what they say together.</summary>
/// <remarks>
/// Input: <c>samples</c> [N, C, H, W] in float32, as they are stored; the run's scale and normalisation are part of the model. Outputs, in
/// float32: <c>mean</c> [N, C],
/// <c>heads</c> [N, M, C] (probabilities), <c>entropy</c> [N] of the mean and <c>mutual_information</c> [N] between prediction and head,
/// both in nats.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Writes the model.</summary>
    /// <param name="output">Receives the file.</param>
    /// <param name="plan">The run's plan.</param>
    /// <param name="record">How the run prepares samples; where it says nothing, the model takes prepared ones.</param>
    /// <param name="load">What an owner holds; disposed of here.</param>
    /// <param name="metadata">Facts that the file shall hold, by name.</param>
    /// <returns>Bytes of the file.</returns>
    /// <exception cref="UserErrorException">The network has a block that computes with torch directly, or is too large.</exception>
    public static long Write(
        Stream output,
        RunPlan plan,
        DataRecord record,
        Func<OwnerId, OwnerTensors> load,
        IEnumerable<KeyValuePair<string, string>> metadata
    )
    {
        if (plan.Backbone.Graph.Nodes.Concat(plan.Head.Graph.Nodes).FirstOrDefault(node => node.Operation is TorchOperation) is { } custom)
        {
            throw new UserErrorException(
                $"{plan.Network.Name} cannot be exported: its block '{custom.Path}' "
                    + $"({((TorchOperation)custom.Operation).Block.GetType().Name}) computes with torch directly. "
                    + "Write it by the operations of GraphBuilder (docs/adding-a-model.md)."
            );
        }

        if (plan.IsText)
        {
            throw new UserErrorException(
                $"{plan.Network.Name} cannot be exported to ONNX: its operations on texts are not written yet. Allowed: "
                    + ".safetensors or .npz, which hold the weights. Change --output."
            );
        }

        if (plan.MembersPerHead > 1)
        {
            throw new UserErrorException(
                $"Runs of method {plan.Method.Name} cannot be exported to ONNX: a head of theirs holds {plan.MembersPerHead} members, "
                    + "and the file has one for each head. Allowed: runs of methods with a member a head."
            );
        }

        var (graph, classes) = (new OnnxGraph(plan.Network.Name), plan.Data.Classes);
        var sample = record.SampleShape;
        var prepared = Prepare(graph, graph.Input("samples", "N", sample.Channels, sample.Height, sample.Width), record);
        var shared = Part(graph, plan.Backbone, OwnerId.Backbone, prepared, load);
        var heads = plan
            .Owners.Where(owner => !owner.IsBackbone)
            .Select(owner => graph.Add("Unsqueeze", [Part(graph, plan.Head, owner, shared, load), graph.Integers(1)]))
            .ToList();
        var logits_NMC = graph.Add("Concat", heads, null, ("axis", 1));
        var heads_NMC = graph.Add("Softmax", [logits_NMC], graph.Output("heads", "N", plan.Heads, classes), ("axis", 2));
        var even_NC = graph.Add("ReduceMean", [heads_NMC], null, ("axes", new[] { 1 }), ("keepdims", 0));
        var mean_NC =
            plan.Options.Ensemble.Prediction == PredictionRule.Logits
                ? graph.Add(
                    "Softmax",
                    [graph.Add("ReduceMean", [logits_NMC], null, ("axes", new[] { 1 }), ("keepdims", 0))],
                    null,
                    ("axis", 1)
                )
                : even_NC;
        graph.Add("Identity", [mean_NC], graph.Output("mean", "N", classes));
        Entropy(graph, mean_NC, graph.Output("entropy", "N"));
        var ofHeads_N = graph.Add("ReduceMean", [Entropy(graph, heads_NMC)], null, ("axes", new[] { 1 }), ("keepdims", 0));
        var information_N = graph.Add("Sub", [Entropy(graph, even_NC), ofHeads_N]);
        graph.Add("Max", [information_N, graph.Constant(null, [], [0f])], graph.Output("mutual_information", "N"));
        return graph.Write(output, $"{plan.Network.Name}, {plan.Heads} heads, trained by NeuroTrails on {record.Name}", metadata);
    }

    // As training did: divided by the scale, then normalised for each channel or column.
    private static string Prepare(OnnxGraph graph, string samples, DataRecord record)
    {
        if (record.Normalisation is not { } constants)
        {
            return samples;
        }

        long[] shape =
            record.SampleShape.IsVector && constants.Mean.Count == record.SampleShape.Length
                ? [1, 1, 1, constants.Mean.Count]
                : [1, constants.Mean.Count, 1, 1];
        var scaled = record.Scale == 1 ? samples : graph.Add("Div", [samples, graph.Constant(null, [], [(float)record.Scale])]);
        var centred = graph.Add("Sub", [scaled, graph.Constant("normalisation.mean", shape, [.. constants.Mean])]);
        return graph.Add("Div", [centred, graph.Constant("normalisation.deviation", shape, [.. constants.Deviation])]);
    }

    private static string Part(OnnxGraph graph, NetworkPart part, OwnerId owner, string input, Func<OwnerId, OwnerTensors> load)
    {
        using var tensors = load(owner);
        var stored = tensors
            .Parameters.Select(parameter => (parameter.Spec, parameter.Value))
            .Concat(tensors.Buffers)
            .ToDictionary(tensor => tensor.Spec.Name, tensor => tensor.Value, StringComparer.Ordinal);
        var values = new Dictionary<int, string> { [part.Graph.Input.Id] = input };
        foreach (var node in part.Graph.Nodes)
        {
            values[node.Output.Id] = Node(
                graph,
                node,
                [.. node.Inputs.Select(value => values[value.Id])],
                [.. node.Tensors.Select(spec => Constant(graph, owner, spec, stored[spec.Name]))]
            );
        }

        return values[part.Graph.Output.Id];
    }

    private static string Node(OnnxGraph graph, GraphNode node, IReadOnlyList<string> inputs, IReadOnlyList<string> tensors) =>
        node.Operation switch
        {
            ConvolutionOperation conv => graph.Add("Conv", [.. inputs, .. tensors], null, Window(conv.Kernel, conv.Stride, conv.Padding)),
            LinearOperation => graph.Add("Gemm", [.. inputs, .. tensors], null, ("transB", 1)),
            BatchNormOperation => graph.Add("BatchNormalization", [.. inputs, .. tensors], null, ("epsilon", BatchNormOperation.Epsilon)),
            ReLUOperation => graph.Add("Relu", inputs),
            AddOperation => graph.Add("Add", inputs),
            MaxPoolOperation pool => graph.Add("MaxPool", inputs, null, Window(pool.Kernel, pool.Stride, pool.Padding)),
            GlobalAveragePoolOperation => graph.Add("Flatten", [graph.Add("GlobalAveragePool", inputs)], null, ("axis", 1)),
            FlattenOperation => graph.Add("Flatten", inputs, null, ("axis", 1)),
            DropoutOperation => inputs[0],
            _ => throw new NotSupportedException($"ONNX is not taught to compute {node.Operation.Description} ({node.Path})."),
        };

    private static (string Name, object Value)[] Window(int kernel, int stride, int padding) =>
        [
            ("kernel_shape", new[] { kernel, kernel }),
            ("strides", new[] { stride, stride }),
            ("pads", new[] { padding, padding, padding, padding }),
        ];

    private static string Constant(OnnxGraph graph, OwnerId owner, TensorSpec spec, Tensor value)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return graph.Constant(
            $"{owner}.{spec.Name}",
            spec.Shape,
            value.cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray()
        );
    }

    // −Σ p·log p over the last axis, where 0·log 0 is 0.
    private static string Entropy(OnnxGraph graph, string probabilities, string? output = null)
    {
        var logs = graph.Add("Log", [graph.Add("Max", [probabilities, graph.Constant(null, [], [float.Epsilon * (1 << 23)])])]);
        var sums = graph.Add("ReduceSum", [graph.Add("Mul", [probabilities, logs]), graph.Integers(-1)], null, ("keepdims", 0));
        return graph.Add("Neg", [sums], output);
    }
}
