using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Blocks one after the other, under one name.</summary>
/// <param name="name">Name inside the parent.</param>
/// <param name="children">The blocks in order, with distinct names.</param>
public sealed class Sequential(string name, params Block[] children) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => children.Aggregate(input, (shape, child) => child.Output(shape));

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input)
    {
        foreach (var child in children)
        {
            foreach (var spec in child.Declare(input))
            {
                yield return spec.Under(child.Name);
            }

            input = child.Output(input);
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) => BlockChain.Forward(children, input, tensors, pass);
}
