using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Brings a mask that another run has left to the number of positions that a run may have.</summary>
internal static class MaskFit
{
    // Keeps the positions of largest magnitude where there are too many, and adds others at random where there are too few.
    public static Tensor To(Tensor mask, Tensor values, long active, Generator generator)
    {
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
