using NeuroTrails.Execution;
using NeuroTrails.Models.Layers;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>
/// Residual block of ResNet (He et al. 2016): a chain of convolutions and norms, plus the input or a 1×1 projection of it, then ReLU.
/// Basic: 3×3, 3×3. Bottleneck: 1×1, 3×3 (which carries the stride), 1×1 to four times the width.
/// </summary>
internal sealed class ResNetBlock : Block
{
    /// <summary>Channels that a bottleneck puts out, per unit of width.</summary>
    public const int BottleneckExpansion = 4;

    private readonly Sequential _branch;
    private readonly Sequential? _projection;

    private ResNetBlock(string name, Sequential branch, int inputs, int outputs, int stride)
        : base(name)
    {
        _branch = branch;
        _projection = inputs == outputs && stride == 1
            ? null
            : new("shortcut", new Convolution("conv", inputs, outputs, 1, stride), new BatchNorm("bn", outputs));
    }

    public static ResNetBlock Basic(string name, int inputs, int width, int stride) =>
        new(
            name,
            new(
                "branch",
                new Convolution("conv1", inputs, width, 3, stride), new BatchNorm("bn1", width), new Rectifier("relu1", inPlace: true),
                new Convolution("conv2", width, width, 3), new BatchNorm("bn2", width)),
            inputs,
            width,
            stride);

    public static ResNetBlock Bottleneck(string name, int inputs, int width, int stride) =>
        new(
            name,
            new(
                "branch",
                new Convolution("conv1", inputs, width, 1), new BatchNorm("bn1", width), new Rectifier("relu1", inPlace: true),
                new Convolution("conv2", width, width, 3, stride), new BatchNorm("bn2", width), new Rectifier("relu2", inPlace: true),
                new Convolution("conv3", width, width * BottleneckExpansion, 1), new BatchNorm("bn3", width * BottleneckExpansion)),
            inputs,
            width * BottleneckExpansion,
            stride);

    public override FeatureShape Output(FeatureShape input) => _branch.Output(input);

    public override IEnumerable<TensorSpec> Declare(FeatureShape input)
    {
        var branch = _branch.Declare(input).Select(spec => spec.Under(_branch.Name));
        return _projection is null ? branch : branch.Concat(_projection.Declare(input).Select(spec => spec.Under(_projection.Name)));
    }

    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass)
    {
        var branch = _branch.Forward(input, tensors.In("branch"), pass);
        var shortcut = _projection is null ? input : _projection.Forward(input, tensors.In("shortcut"), pass);
        return nn.functional.relu(branch.add_(shortcut, Scalars.One), inplace: true);
    }
}
