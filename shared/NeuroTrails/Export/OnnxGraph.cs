using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NeuroTrails.Export;

/// <summary>A computation in ONNX, node by node (https://onnx.ai/onnx/repo-docs/IR.html). Field numbers are those of onnx.proto3.</summary>
internal sealed class OnnxGraph(string name)
{
    // IR 8 with operator set 17: what every runtime since 2022 reads.
    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const int Float = 1;
    private const int Int64 = 7;
    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _constants = [];
    private readonly List<ProtoMessage> _inputs = [];
    private readonly List<ProtoMessage> _outputs = [];
    private int _names;

    public string Input(string value, params object[] shape)
    {
        _inputs.Add(Describe(value, shape));
        return value;
    }

    public string Output(string value, params object[] shape)
    {
        _outputs.Add(Describe(value, shape));
        return value;
    }

    public string Constant(string? value, IReadOnlyList<long> shape, ReadOnlySpan<float> numbers) =>
        Constant(value, shape, Float, MemoryMarshal.AsBytes(numbers));

    public string Integers(params ReadOnlySpan<long> numbers) => Constant(null, [numbers.Length], Int64, MemoryMarshal.AsBytes(numbers));

    public string Add(string type, IEnumerable<string> inputs, string? output = null, params (string Name, object Value)[] attributes)
    {
        output ??= NextName(type.ToLowerInvariant());
        var node = new ProtoMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(3, output).Add(4, type);
        foreach (var (attribute, value) in attributes)
        {
            node.Add(5, Attribute(attribute, value));
        }

        _nodes.Add(node);
        return output;
    }

    public long Write(Stream output, string description, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var graph = new ProtoMessage();
        _nodes.ForEach(node => graph.Add(1, node));
        graph.Add(2, name);
        _constants.ForEach(constant => graph.Add(5, constant));
        _inputs.ForEach(input => graph.Add(11, input));
        _outputs.ForEach(value => graph.Add(12, value));
        var model = new ProtoMessage()
            .Add(1, IrVersion)
            .Add(2, "NeuroTrails")
            .Add(6, description)
            .Add(7, graph)
            .Add(8, new ProtoMessage().Add(1, string.Empty).Add(2, OperatorSet));
        foreach (var (key, value) in metadata)
        {
            model.Add(14, new ProtoMessage().Add(1, key).Add(2, value));
        }

        if (model.Bytes > int.MaxValue)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"An ONNX file of this ensemble would take {model.Bytes / 1048576.0:N0} MiB, and the format holds at most 2048 MiB. "
                        + $"Export a run with fewer heads or a smaller network."
                )
            );
        }

        using var coded = new CodedOutputStream(output, leaveOpen: true);
        model.WriteTo(coded);
        return model.Bytes;
    }

    private static ProtoMessage Describe(string value, object[] shape)
    {
        var extents = new ProtoMessage();
        foreach (var extent in shape)
        {
            extents.Add(
                1,
                extent is string free
                    ? new ProtoMessage().Add(2, free)
                    : new ProtoMessage().Add(1, Convert.ToInt64(extent, CultureInfo.InvariantCulture))
            );
        }

        return new ProtoMessage().Add(1, value).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, Float).Add(2, extents)));
    }

    private static ProtoMessage Attribute(string name, object value)
    {
        const int Real = 1,
            Integer = 2,
            Integers = 7;
        var attribute = new ProtoMessage().Add(1, name);
        switch (value)
        {
            case double real:
                return attribute.Add(2, (float)real).Add(20, Real);
            case int integer:
                return attribute.Add(3, (long)integer).Add(20, Integer);
            case int[] integers:
                Array.ForEach(integers, one => attribute.Add(8, (long)one));
                return attribute.Add(20, Integers);
            default:
                throw new ArgumentException($"An attribute is no {value.GetType().Name}.", nameof(value));
        }
    }

    private string Constant(string? value, IReadOnlyList<long> shape, int type, ReadOnlySpan<byte> bytes)
    {
        value ??= NextName("constant");
        var tensor = new ProtoMessage();
        foreach (var extent in shape)
        {
            tensor.Add(1, extent);
        }

        _constants.Add(tensor.Add(2, (long)type).Add(8, value).Add(9, bytes.ToArray()));
        return value;
    }

    private string NextName(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{_names++}");
}
