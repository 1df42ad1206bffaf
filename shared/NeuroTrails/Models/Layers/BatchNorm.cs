using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Batch normalisation over [B, H, W] for each channel (Ioffe and Szegedy 2015); ε = 1e-5, running statistics with momentum 0.1.</summary>
/// <remarks>Statistics, scale and shift stay in the masters' type; libtorch computes bfloat16 activations with float32 statistics.</remarks>
/// <param name="name">Name inside the parent.</param>
/// <param name="channels">Channels.</param>
public sealed class BatchNorm(string name, int channels) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => input;

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input)
    {
        yield return new("weight", [channels], TensorRole.Dense, Initialiser.Ones);
        yield return new("bias", [channels], TensorRole.Dense, Initialiser.Zeros);
        yield return new("running_mean", [channels], TensorRole.Buffer, Initialiser.Zeros, input.Positions);
        yield return new("running_var", [channels], TensorRole.Buffer, Initialiser.Ones, input.Positions);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) =>
        nn.functional.batch_norm(
            input,
            tensors["running_mean"],
            tensors["running_var"],
            tensors["weight"],
            tensors["bias"],
            pass.Training,
            momentum: 0.1,
            eps: 1e-5);
}
