using NeuroTrails.Data;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Samples;

/// <summary>s·gelu(x) with a trained scale for each channel: a block that computes with torch
/// directly, which only torch can execute.</summary>
/// <param name="name">Name inside the network.</param>
internal sealed class ScaledGelu(string name) : TorchBlock(name)
{
    /// <inheritdoc/>
    public override SampleShape Output(SampleShape input) => input;

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(SampleShape input) =>
        [new("scale", [input.Channels, 1, 1], TensorRole.Dense, Initialiser.Ones)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) =>
        nn.functional.gelu(input).mul(pass.Cast(tensors["scale"]));
}
