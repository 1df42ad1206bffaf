using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Makes a vector of each sample, in C order of [C, H, W].</summary>
/// <param name="name">Name inside the parent.</param>
public sealed class Flatten(string name) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => new(checked((int)input.Elements));

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) => input.dim() == 2 ? input : input.flatten(1);
}
