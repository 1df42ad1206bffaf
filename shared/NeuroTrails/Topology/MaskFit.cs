using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Brings a mask that another run has left to the number of positions that a run may have.</summary>
public static class MaskFit
{
    /// <summary>Keeps the positions of largest magnitude where there are too many, and adds others
    /// at random where there are too few.</summary>
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
        var (kept, free) = (mask.flatten(), mask.logical_not().flatten());
        var present = KSelection.Count(kept);
        var fitted =
            active <= present
                ? KSelection.Highest(values.flatten().abs().mul_(kept), kept, active)
                : kept.logical_or(RandomSubset.Of(free, free.numel() - present, active - present, generator));
        return fitted.reshape(mask.shape).MoveToOuterDisposeScope();
    }
}
