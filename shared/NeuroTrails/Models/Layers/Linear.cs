using static TorchSharp.torch;

namespace NeuroTrails.Models.Layers;

/// <summary>Linear map with a bias.</summary>
/// <param name="name">Name inside the parent.</param>
/// <param name="inputs">Input features.</param>
/// <param name="outputs">Output features.</param>
/// <param name="classifier">Whether the outputs are the class scores.</param>
public sealed class Linear(string name, int inputs, int outputs, bool classifier = false) : Block(name)
{
    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input)
    {
        if (input.Elements != inputs)
        {
            throw new UserErrorException($"Linear map '{Name}' takes {inputs} features, but gets a sample of shape {input}. Change model.name, or the data.");
        }

        return new(outputs);
    }

    /// <inheritdoc/>
    public override IEnumerable<TensorSpec> Declare(FeatureShape input)
    {
        var role = classifier ? TensorRole.Classifier : TensorRole.Weight;
        yield return new("weight", [outputs, inputs], role, Initialiser.UniformFanIn, 1, inputs);
        yield return new("bias", [outputs], TensorRole.Dense, Initialiser.UniformFanIn, 0, inputs);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass) =>
        nn.functional.linear(input, pass.Cast(tensors["weight"]), pass.Cast(tensors["bias"]));
}
