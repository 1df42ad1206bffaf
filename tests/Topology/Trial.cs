using NeuroTrails.Models;
using NeuroTrails.Topology;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Topology;

/// <summary>A random parameter in plain arrays, flat in C order, and the tensors made of them.</summary>
internal sealed class Trial : IDisposable
{
    public const string MomentName = "momentum";

    private Trial(long[] shape, ScalarType type, double[] weights, bool[] mask, double[] moment, double[] gradient)
    {
        Mask = mask;
        Weights = weights;
        Moment = moment;
        GradientValues = gradient;
        Parameter = new Parameter(
            new TensorSpec("block.conv.weight", shape, TensorRole.Weight, Initialiser.HeFanOut),
            Tensor(weights, shape, type).DetachFromDisposeScope()
        );
        Parameter.Value.requires_grad = true;
        using var maskTensor = tensor(mask).view(shape);
        MaskStore.Set(Parameter, maskTensor);
        Parameter.Moment(MomentName).copy_(Tensor(moment, shape, type));
        Gradient = Tensor(gradient, shape, type);
        if (shape.Length == 4)
        {
            // As a convolution in channels-last leaves it.
            Gradient = Gradient.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        }

        Gradient = Gradient.DetachFromDisposeScope();
    }

    public Parameter Parameter { get; }

    public Tensor Gradient { get; }

    public bool[] Mask { get; }

    public double[] Weights { get; }

    public double[] Moment { get; }

    public double[] GradientValues { get; }

    public int Active => Mask.Count(active => active);

    public static Trial Draw(Random random, ScalarType type, bool coarse)
    {
        long[] shape = random.Next(4) switch
        {
            0 => [random.Next(1, 120)],
            1 => [random.Next(1, 16), random.Next(1, 16)],
            2 => [random.Next(1, 8), random.Next(1, 8), 1, 1],
            _ => [random.Next(1, 6), random.Next(1, 6), 3, 3],
        };
        var count = (int)shape.Aggregate(1L, (a, b) => a * b);

        // Few distinct values make ties at every threshold; nearly dense and nearly empty masks are drawn as often as others.
        var density = random.Next(4) switch
        {
            0 => 0.02,
            1 => 0.97,
            _ => random.NextDouble(),
        };
        var levels = coarse ? random.Next(0, 4) : 0;
        var mask = Values(count, () => random.NextDouble() < density);
        double Value() => coarse ? random.Next(-levels, levels + 1) : (float)((random.NextDouble() * 2) - 1);
        return new(
            shape,
            type,
            [.. mask.Select(active => active ? Value() : 0)],
            mask,
            [.. mask.Select(active => active ? (float)(Value() + 10) : 0)],
            Values(count, Value)
        );
    }

    public static Trial Of(long[] shape, double[] weights, bool[] mask, double[] gradient) =>
        new(shape, ScalarType.Float64, weights, mask, [.. mask.Select(active => active ? 7.0 : 0)], gradient);

    public static double[] Host(Tensor values) => values.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    public bool[] CurrentMask() => Parameter.Mask is { } mask ? mask.contiguous().data<bool>().ToArray() : Values(Mask.Length, () => true);

    public void Dispose()
    {
        Parameter.Dispose();
        Gradient.Dispose();
    }

    private static T[] Values<T>(int count, Func<T> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    private static Tensor Tensor(double[] values, long[] shape, ScalarType type) => tensor(values).to(type).view(shape).clone();
}
