using NeuroTrails.Models.Layers;
using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>
/// Pre-activation residual block of WideResNet (Zagoruyko and Komodakis 2016): norm, ReLU, 3×3, norm, ReLU, 3×3.
/// A block that changes width or stride applies the first norm and ReLU before both branches and has a 1×1 shortcut; any other adds its raw input.
/// </summary>
internal sealed class WideResNetBlock(string name, int inputs, int outputs, int stride, double dropout) : Block(name)
{
    private readonly BatchNorm _norm1 = new("bn1", inputs);
    private readonly Convolution _conv1 = new("conv1", inputs, outputs, 3, stride);
    private readonly BatchNorm _norm2 = new("bn2", outputs);
    private readonly Dropout _dropout = new("dropout", dropout);
    private readonly Convolution _conv2 = new("conv2", outputs, outputs, 3);
    private readonly Convolution? _shortcut = inputs == outputs && stride == 1 ? null : new("shortcut", inputs, outputs, 1, stride);

    public override FeatureShape Output(FeatureShape input) => _conv1.Output(input);

    public override IEnumerable<TensorSpec> Declare(FeatureShape input)
    {
        var inner = _conv1.Output(input);
        IEnumerable<TensorSpec> specs =
        [
            .. Of(_norm1, input), .. Of(_conv1, input), .. Of(_norm2, inner), .. Of(_conv2, inner),
            .. _shortcut is null ? [] : Of(_shortcut, input),
        ];
        return specs;
    }

    public override Tensor Forward(Tensor input, TensorNode tensors, Pass pass)
    {
        var activated = nn.functional.relu(_norm1.Forward(input, tensors.In("bn1"), pass), inplace: true);
        var inner = _conv1.Forward(activated, tensors.In("conv1"), pass);
        inner = nn.functional.relu(_norm2.Forward(inner, tensors.In("bn2"), pass), inplace: true);
        inner = _dropout.Forward(inner, tensors.In("dropout"), pass);
        inner = _conv2.Forward(inner, tensors.In("conv2"), pass);
        return inner.add_(_shortcut is null ? input : _shortcut.Forward(activated, tensors.In("shortcut"), pass));
    }

    private static IEnumerable<TensorSpec> Of(Block child, FeatureShape input) => child.Declare(input).Select(spec => spec.Under(child.Name));
}
