using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Draws initial masks, always on the CPU from the owner's own generator, so that they are the same on every device.</summary>
internal static class MaskFactory
{
    // A mask with an exact number of active positions, drawn without replacement.
    public static Tensor Draw(IReadOnlyList<long> shape, long active, Generator generator)
    {
        var count = Count(shape);
        ArgumentOutOfRangeException.ThrowIfNegative(active);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(active, count);
        using var scope = NewDisposeScope();
        return RandomSubset.Of(ones([count], ScalarType.Bool, CPU), count, active, generator).view([.. shape]).MoveToOuterDisposeScope();
    }

    // A mask whose positions are active independently of each other, as the authors' published code draws it.
    public static Tensor DrawEach(IReadOnlyList<long> shape, double density, Generator generator)
    {
        using var scope = NewDisposeScope();
        return rand([Count(shape)], ScalarType.Float64, CPU, generator: generator)
            .lt(Scalars.Of(density))
            .view([.. shape])
            .MoveToOuterDisposeScope();
    }

    private static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, extent) => checked(product * extent));
}
