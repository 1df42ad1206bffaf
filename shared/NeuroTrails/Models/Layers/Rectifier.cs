using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>max(x, 0).</summary>
/// <param name="name">Name inside the parent.</param>
public sealed class Rectifier(string name) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => input;

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) => nn.functional.relu(input);
}
