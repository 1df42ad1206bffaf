using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Models.Layers;
using static TorchSharp.torch;

namespace NeuroTrails.Samples;

/// <summary>x + bn(conv3×3(relu(x))): a block that composes given layers and adds a computation of its own.</summary>
/// <param name="name">Name inside the network.</param>
/// <param name="width">Channels.</param>
internal sealed class MixerBlock(string name, int width) : Block(name)
{
    private readonly Sequential _branch = new("branch", new Rectifier("relu"), new Convolution("conv", width, width, 3), new BatchNorm("bn", width));

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => _branch.Output(input);

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input) => _branch.Declare(input).Select(spec => spec.Under(_branch.Name));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) => input.add(_branch.Forward(input, tensors.In(_branch.Name), pass), Scalars.One);
}
