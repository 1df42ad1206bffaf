using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Square 2-D convolution without a bias (a norm follows it in every network here).</summary>
/// <param name="name">Name inside the parent.</param>
/// <param name="inputs">Input channels.</param>
/// <param name="outputs">Output channels.</param>
/// <param name="kernel">Kernel side, odd.</param>
/// <param name="stride">Step between applications, at least 1.</param>
public sealed class Convolution(string name, int inputs, int outputs, int kernel, int stride = 1) : Block(name)
{
    private readonly int _padding = kernel / 2;

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input)
    {
        if (input.Channels != inputs)
        {
            throw new UserErrorException($"Convolution '{Name}' takes {inputs} channels, but gets a sample of shape {input}. Change model.name, or the data.");
        }

        return new(outputs, Extent(input.Height), Extent(input.Width));
    }

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input)
    {
        yield return new("weight", [outputs, inputs, kernel, kernel], TensorRole.Weight, Initialiser.HeFanOut, Output(input).Positions, (long)inputs * kernel * kernel);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) =>
        nn.functional.conv2d(input, pass.Cast(tensors["weight"]), null, [stride, stride], [_padding, _padding], [1, 1], 1);

    private int Extent(int side) => ((side + (2 * _padding) - kernel) / stride) + 1;
}
