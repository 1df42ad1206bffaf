using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Brings a mask that another run has left to the number of positions that a run may have.</summary>
public static class MaskFit
{
    /// <summary>Keeps the positions of largest magnitude where there are too many, and adds others at random where there are too few.</summary>
    /// <param name="mask">The mask, bool, on the CPU.</param>
    /// <param name="values">Its values, of the same shape.</param>
    /// <param name="active">Positions that the result has, 0 to the number of values.</param>
    /// <param name="generator">Draws what is added.</param>
    /// <returns>The new mask, of the same shape; owned by the caller.</returns>
    public static Tensor To(Tensor mask, Tensor values, long active, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(values);
        using var scope = NewDisposeScope();
        var kept = mask.flatten().nonzero().flatten();
        var missing = active - kept.shape[0];
        if (missing < 0)
        {
            var magnitudes = values.flatten().index_select(0, kept).abs();
            kept = kept.index_select(0, magnitudes.topk((int)active).indexes);
        }
        else if (missing > 0)
        {
            var free = mask.logical_not().flatten().nonzero().flatten();
            var drawn = randperm(free.shape[0], dtype: ScalarType.Int64, generator: generator).narrow(0, 0, missing);
            kept = cat([kept, free.index_select(0, drawn)]);
        }

        var result = zeros(mask.numel(), dtype: ScalarType.Bool);
        result.index_copy_(0, kept, ones(kept.shape[0], dtype: ScalarType.Bool));
        return result.reshape(mask.shape).MoveToOuterDisposeScope();
    }
}
