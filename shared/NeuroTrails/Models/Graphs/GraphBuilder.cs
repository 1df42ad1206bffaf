using NeuroTrails.Data;

namespace NeuroTrails.Models.Graphs;

/// <summary>
/// Writes down a computation, operation by operation; each call infers a shape and returns what the operation makes. Operations with
/// tensors are named: the name, behind those of the blocks around, is part of the tensors' names in checkpoints. It may have dots, or be
/// empty for the only such operation of a block.
/// </summary>
public sealed partial class GraphBuilder
{
    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphValue> _values = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private string _scope = string.Empty;

    private readonly GraphDecoration? _decoration;

    internal GraphBuilder(SampleShape input, GraphDecoration? decoration = null)
    {
        _values.Add(Input = new(0, input));
        _decoration = decoration;
    }

    /// <summary>The graph's input.</summary>
    public GraphValue Input { get; }

    /// <summary>Adds what a block computes; its names stand under the block's.</summary>
    /// <param name="block">The block.</param>
    /// <param name="input">What it takes.</param>
    public GraphValue Block(Block block, GraphValue input)
    {
        ArgumentNullException.ThrowIfNull(block);
        var outer = _scope;
        _scope = Under(outer, block.Name);
        try
        {
            return block.Build(this, input);
        }
        finally
        {
            _scope = outer;
        }
    }

    /// <summary>2-D convolution without a bias, padded so that stride 1 keeps the size.</summary>
    /// <param name="name">Name inside the block.</param>
    /// <param name="input">[C, H, W].</param>
    /// <param name="outputs">Output channels, at least 1.</param>
    /// <param name="kernel">Side of the kernel, odd.</param>
    /// <param name="stride">Step between applications, at least 1.</param>
    /// <returns>[outputs, ⌈H/stride⌉, ⌈W/stride⌉].</returns>
    public GraphValue Convolution(string name, GraphValue input, int outputs, int kernel, int stride = 1) =>
        _decoration is null
            ? PlainConvolution(name, input, outputs, kernel, stride)
            : _decoration.Convolution(this, name, input, outputs, kernel, stride);

    /// <summary>Whether a value has as many channels as a convolution or linear map of so many outputs makes, so that it can be added to
    /// one. Not the same as comparing with <see cref="SampleShape.Channels"/> where layers are widened.</summary>
    /// <param name="value">The value.</param>
    /// <param name="outputs">Outputs as a layer is asked for.</param>
    public bool HasChannels(GraphValue value, int outputs) => Shape(value).Channels == (_decoration?.Channels(outputs) ?? outputs);

    internal GraphValue PlainConvolution(string name, GraphValue input, int outputs, int kernel, int stride, int groups = 1)
    {
        var shape = Windowed(Shape(input), outputs, kernel, stride);
        var inputs = Divided(input.Shape.Channels, groups);
        return Add(
            name,
            new ConvolutionOperation(outputs, kernel, stride, groups),
            shape,
            [
                new(
                    "weight",
                    [outputs, inputs, kernel, kernel],
                    TensorRole.Weight,
                    Initialiser.HeFanOut,
                    shape.Plane,
                    (long)inputs * kernel * kernel,
                    (long)Divided(outputs, groups) * kernel * kernel
                ),
            ],
            input
        );
    }

    /// <summary>Linear map with a bias.</summary>
    /// <param name="name">Name inside the block.</param>
    /// <param name="input">A vector.</param>
    /// <param name="outputs">Output features, at least 1.</param>
    /// <param name="isClassifier">Whether the outputs are the class scores.</param>
    /// <returns>[outputs].</returns>
    public GraphValue Linear(string name, GraphValue input, int outputs, bool isClassifier = false) =>
        _decoration is null
            ? PlainLinear(name, input, outputs, isClassifier)
            : _decoration.Linear(this, name, input, outputs, isClassifier);

    internal GraphValue PlainLinear(
        string name,
        GraphValue input,
        int outputs,
        bool isClassifier,
        int groups = 1,
        bool hasBias = true,
        Initialiser initialiser = Initialiser.UniformFanIn
    )
    {
        var shape = Shape(input);
        if (shape.Plane != 1 && !shape.IsSequence)
        {
            throw new ArgumentException(
                $"A linear map takes a vector, but gets {shape.Features}: flatten or pool it first.",
                nameof(input)
            );
        }

        var role = isClassifier ? TensorRole.Classifier : TensorRole.Weight;
        var inputs = Divided(shape.Channels, groups);
        _ = Divided(outputs, groups);
        var weight = new TensorSpec("weight", [outputs, inputs], role, initialiser, shape.Plane, inputs);
        var bias = new TensorSpec("bias", [outputs], TensorRole.Dense, Initialiser.UniformFanIn, 0, inputs);
        return Add(
            name,
            new LinearOperation(outputs, isClassifier, groups, hasBias),
            shape with
            {
                Channels = outputs,
            },
            hasBias ? [weight, bias] : [weight],
            input
        );
    }

    /// <summary>A value for each member and channel, by which the samples of that member are multiplied, or which is added to them. The
    /// batch holds the members' samples one member after the other.</summary>
    internal GraphValue PerMember(string name, GraphValue input, PerMemberOperation operation, TensorRole role, Initialiser initialiser) =>
        Add(
            name,
            operation,
            Shape(input),
            [
                new(
                    operation.Adds ? "shift" : "scale",
                    [operation.Members, input.Shape.Channels],
                    role,
                    initialiser,
                    0,
                    input.Shape.Channels
                ),
            ],
            input
        );

    /// <summary>Fixed masks of channels, one for each member.</summary>
    internal GraphValue ChannelMasks(GraphValue input, IReadOnlyList<IReadOnlyList<bool>> masks_MC) =>
        Add(new ChannelMasksOperation(masks_MC), Shape(input), input);

    /// <summary>Whether a value is the graph's input, as it came or flattened.</summary>
    internal bool IsSample(GraphValue value) =>
        value == Input || _nodes.Exists(node => node.Output == value && node.Operation is FlattenOperation && node.Inputs[0] == Input);

    private static int Divided(int channels, int groups) =>
        channels % groups == 0
            ? channels / groups
            : throw new ArgumentException($"{channels} channels do not fall into {groups} groups.", nameof(groups));

    /// <summary>Batch normalisation for each channel.</summary>
    /// <param name="name">Name inside the block.</param>
    /// <param name="input">[C, H, W].</param>
    /// <returns>The same shape.</returns>
    public GraphValue BatchNorm(string name, GraphValue input)
    {
        var shape = Shape(input);
        return Add(
            name,
            new BatchNormOperation(),
            shape,
            [
                new("weight", [shape.Channels], TensorRole.Dense, Initialiser.Ones),
                new("bias", [shape.Channels], TensorRole.Dense, Initialiser.Zeros),
                new("running_mean", [shape.Channels], TensorRole.Buffer, Initialiser.Zeros, shape.Plane),
                new("running_var", [shape.Channels], TensorRole.Buffer, Initialiser.Ones, shape.Plane),
            ],
            input
        );
    }

    /// <summary>max(x, 0).</summary>
    /// <param name="input">Any shape.</param>
    /// <returns>The same shape.</returns>
    public GraphValue ReLU(GraphValue input) => Add(new ReLUOperation(), Shape(input), input);

    /// <summary>The sum of two values.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The same shape.</param>
    /// <returns>The same shape.</returns>
    public GraphValue Add(GraphValue left, GraphValue right) =>
        Shape(left) == Shape(right)
            ? Add(new AddOperation(), left.Shape, left, right)
            : throw new ArgumentException(
                $"Only values of one shape can be added (seen: {left.Shape.Features} and {right.Shape.Features}).",
                nameof(right)
            );

    /// <summary>Maximum over square windows.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="kernel">Side of a window, odd.</param>
    /// <param name="stride">Step between windows, at least 1.</param>
    /// <returns>[C, ⌈H/stride⌉, ⌈W/stride⌉].</returns>
    public GraphValue MaxPool(GraphValue input, int kernel, int stride) =>
        Add(new MaxPoolOperation(kernel, stride), Windowed(Shape(input), input.Shape.Channels, kernel, stride), input);

    /// <summary>Mean over all positions; fits every image size.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <returns>[C].</returns>
    public GraphValue GlobalAveragePool(GraphValue input) => Add(new GlobalAveragePoolOperation(), new(Shape(input).Channels), input);

    /// <summary>Makes a vector of each sample.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <returns>[C·H·W].</returns>
    public GraphValue Flatten(GraphValue input) => Add(new FlattenOperation(), new(Shape(input).Length), input);

    /// <summary>Drops values while training.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="probability">Probability of dropping, 0 to below 1; at 0 nothing is added.</param>
    /// <returns>The same shape.</returns>
    public GraphValue Dropout(GraphValue input, double probability) =>
        probability == 0 ? input : Add(new DropoutOperation(probability), Shape(input), input);

    internal GraphValue Torch(TorchBlock block, GraphValue input)
    {
        var shape = Shape(input);
        return Add(string.Empty, new TorchOperation(block), block.Output(shape), block.Declare(shape), input);
    }

    internal ComputationGraph Build(GraphValue output)
    {
        Shape(output);
        return new(Input, _nodes, output);
    }

    private static SampleShape Windowed(SampleShape shape, int channels, int kernel, int stride)
    {
        // With half its side as padding, an even window would have no middle.
        ArgumentOutOfRangeException.ThrowIfZero(kernel % 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        return shape.IsSequence
            ? throw new ArgumentException($"Windows of images are taken, but this is a text of {shape.Width} positions.", nameof(shape))
            : new(channels, ((shape.Height - 1) / stride) + 1, ((shape.Width - 1) / stride) + 1);
    }

    private static string Under(string scope, string name) => scope.Length == 0 || name.Length == 0 ? scope + name : $"{scope}.{name}";

    private SampleShape Shape(GraphValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Id < _values.Count && ReferenceEquals(_values[value.Id], value)
            ? value.Shape
            : throw new ArgumentException("That value belongs to another graph.", nameof(value));
    }

    private GraphValue Add(Operation operation, SampleShape shape, params IReadOnlyList<GraphValue> inputs) =>
        Add(string.Empty, operation, shape, [], inputs);

    private GraphValue Add(
        string name,
        Operation operation,
        SampleShape shape,
        IEnumerable<TensorSpec> tensors,
        params IReadOnlyList<GraphValue> inputs
    )
    {
        var path = Under(_scope, name);
        TensorSpec[] specs = [.. tensors.Select(spec => spec.Under(path))];
        if (Array.Find(specs, spec => !_names.Add(spec.Name)) is { } twice)
        {
            throw new ArgumentException(
                $"Two tensors have the name '{twice.Name}'. Give blocks, and operations in a block, names that differ.",
                nameof(name)
            );
        }

        var output = new GraphValue(_values.Count, shape);
        _values.Add(output);
        _nodes.Add(new(operation, path, inputs, output, specs));
        return output;
    }
}
