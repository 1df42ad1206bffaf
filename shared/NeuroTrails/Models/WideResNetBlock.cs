using NeuroTrails.Execution;
using NeuroTrails.Models.Layers;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>
/// Pre-activation residual block of WideResNet (Zagoruyko and Komodakis 2016): norm, ReLU, 3×3, norm, ReLU, 3×3.
/// A block that changes width or stride applies the first norm and ReLU before both branches and has a 1×1 shortcut; any other adds its raw input.
/// </summary>
internal sealed class WideResNetBlock(string name, int inputs, int outputs, int stride, double dropout) : Block(name)
{
    private readonly Block[] _activation = [new BatchNorm("bn1", inputs), new Rectifier("relu1", inPlace: true)];
    private readonly Block[] _branch =
    [
        new Convolution("conv1", inputs, outputs, 3, stride), new BatchNorm("bn2", outputs), new Rectifier("relu2", inPlace: true),
        new Dropout("dropout", dropout), new Convolution("conv2", outputs, outputs, 3),
    ];

    private readonly Convolution? _shortcut = inputs == outputs && stride == 1 ? null : new("shortcut", inputs, outputs, 1, stride);

    public override FeatureShape Output(FeatureShape input) => _branch[0].Output(input);

    public override IEnumerable<TensorSpec> Declare(FeatureShape input)
    {
        var shape = input;
        foreach (var block in _activation.Concat(_branch))
        {
            foreach (var spec in block.Declare(shape))
            {
                yield return spec.Under(block.Name);
            }

            shape = block.Output(shape);
        }

        foreach (var spec in _shortcut?.Declare(input) ?? [])
        {
            yield return spec.Under(_shortcut!.Name);
        }
    }

    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass)
    {
        var activated = BlockChain.Forward(_activation, input, tensors, pass);
        var inner = BlockChain.Forward(_branch, activated, tensors, pass);
        return inner.add_(_shortcut is null ? input : _shortcut.Forward(activated, tensors.In(_shortcut.Name), pass), Scalars.One);
    }
}
