using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>max(x, 0).</summary>
/// <param name="name">Name inside the parent.</param>
/// <param name="inPlace">
/// Overwrites its input, which spares memory traffic. Only where nobody else uses that input and what made it does not need it for its backward pass:
/// after a norm, a convolution or a linear layer, never on a block's own input.
/// </param>
public sealed class Rectifier(string name, bool inPlace = false) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => input;

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) => nn.functional.relu(input, inPlace);
}
