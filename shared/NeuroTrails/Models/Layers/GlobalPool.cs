using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Mean over all positions, [B, C, H, W] to [B, C]; fits every image size.</summary>
/// <param name="name">Name inside the parent.</param>
public sealed class GlobalPool(string name) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => new(input.Channels);

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) => nn.functional.adaptive_avg_pool2d(input, [1, 1]).flatten(1);
}
