using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Draws initial masks, always on the CPU from the owner's own generator, so that they are the same on every device.</summary>
public static class MaskFactory
{
    /// <summary>A mask with an exact number of active positions, drawn without replacement.</summary>
    /// <param name="shape">Shape of the tensor.</param>
    /// <param name="active">Active positions, 0 to the number of elements.</param>
    /// <param name="generator">The owner's CPU generator.</param>
    /// <returns>Bool tensor of that shape on the CPU, in the caller's dispose scope.</returns>
    public static Tensor Draw(IReadOnlyList<long> shape, long active, Generator generator)
    {
        var count = Count(shape);
        ArgumentOutOfRangeException.ThrowIfNegative(active);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(active, count);
        using var scope = NewDisposeScope();
        return RandomSubset.Of(ones([count], ScalarType.Bool, CPU), count, active, generator).view([.. shape]).MoveToOuterDisposeScope();
    }

    /// <summary>A mask whose positions are active independently of each other, as the authors' published code draws it.</summary>
    /// <param name="shape">Shape of the tensor.</param>
    /// <param name="density">Probability of each position, 0 to 1; the number of active ones varies.</param>
    /// <param name="generator">The owner's CPU generator.</param>
    /// <returns>Bool tensor of that shape on the CPU, in the caller's dispose scope.</returns>
    public static Tensor DrawEach(IReadOnlyList<long> shape, double density, Generator generator)
    {
        using var scope = NewDisposeScope();
        return rand([Count(shape)], ScalarType.Float64, CPU, generator: generator)
            .lt(Scalars.Of(density))
            .view([.. shape])
            .MoveToOuterDisposeScope();
    }

    private static long Count(IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Aggregate(1L, (product, extent) => checked(product * extent));
    }
}
