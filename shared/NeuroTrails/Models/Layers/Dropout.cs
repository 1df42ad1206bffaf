using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Zeroes values with a probability while training and scales the rest by 1/(1−p), by an explicit mask from the owner's generator.</summary>
/// <param name="name">Name inside the parent.</param>
/// <param name="probability">Probability p of dropping, 0 to below 1.</param>
public sealed class Dropout(string name, double probability) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => input;

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass)
    {
        if (!pass.Training || probability == 0)
        {
            return input;
        }

        // Drawn on the CPU in C order, so that every device and memory layout drops the same positions.
        using var noGrad = no_grad();
        var kept = rand(input.shape, dtype: ScalarType.Float32, device: CPU, generator: pass.Generator).ge(Scalars.Of(probability));
        var scale = kept.to(input.dtype, input.device).mul(Scalars.Of(1.0 / (1.0 - probability)));
        using var grad = enable_grad();
        return input.mul(scale);
    }
}
