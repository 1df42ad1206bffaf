using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Maximum over 3×3 windows with stride 2 and padding 1: the end of the ImageNet stem.</summary>
/// <param name="name">Name inside the parent.</param>
public sealed class MaxPool(string name) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => new(input.Channels, ((input.Height - 1) / 2) + 1, ((input.Width - 1) / 2) + 1);

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) =>
        nn.functional.max_pool2d(input, [3, 3], [2, 2], [1, 1]);
}
