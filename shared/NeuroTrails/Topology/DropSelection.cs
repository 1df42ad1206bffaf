using NeuroTrails.Configuration;
using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Which active weights an update drops.</summary>
internal static class DropSelection
{
    /// <summary>Exactly k active positions.</summary>
    /// <param name="weights">[N], exactly 0 wherever masked.</param>
    /// <param name="mask">[N] bool.</param>
    /// <param name="active">Number of true positions in the mask.</param>
    /// <param name="k">How many to drop, 1 to <paramref name="active"/>.</param>
    /// <param name="rule">Any but <see cref="DropRule.None"/>.</param>
    /// <param name="temperature">Exponent of <see cref="DropRule.SoftMagnitude"/>, above 0.</param>
    /// <param name="generator">The owner's CPU generator; only <see cref="DropRule.SoftMagnitude"/> draws from it.</param>
    /// <returns>[N] bool.</returns>
    public static Tensor Of(Tensor weights, Tensor mask, long active, long k, DropRule rule, double temperature, Generator generator) =>
        rule switch
        {
            DropRule.Magnitude => KSelection.Lowest(weights.abs(), mask, active, k),
            DropRule.SoftMagnitude => AmongActive(weights, mask, values => SoftMagnitude(values, k, temperature, generator)),
            DropRule.Set => AmongActive(weights, mask, values => Signed(values, k)),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "This drop rule selects nothing."),
        };

    // Listing the active weights (in flat order, so ties stay in order) pays where a rule makes several passes over them.
    private static Tensor AmongActive(Tensor weights, Tensor mask, Func<Tensor, Tensor> select)
    {
        var positions = mask.nonzero().flatten();
        var dropped = positions.masked_select(select(weights.index_select(0, positions)));
        return zeros_like(mask).index_fill_(0, dropped, true);
    }

    // Survivors drawn without replacement in proportion to |w|^T are those with the highest T·log|w| + Gumbel noise (Kool et al. 2019), so
    // the dropped have the lowest. In float64, where no |w|^T under- or overflows; zeros have −∞ and go first.
    private static Tensor SoftMagnitude(Tensor values, long k, double temperature, Generator generator)
    {
        if (!(temperature > 0) || double.IsInfinity(temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be above 0 and finite.");
        }

        // Drawn on the CPU for the active positions only: the same numbers whatever the device. 0 would be an infinite −log.
        var noise = rand(values.numel(), ScalarType.Float64, CPU, generator: generator)
            .clamp_(min: Scalars.Of(Math.ScaleB(1, -54)))
            .log_()
            .neg_()
            .log_()
            .neg_();
        var scores = values.to(ScalarType.Float64).abs_().log_().mul_(Scalars.Of(temperature)).add_(noise.to(values.device), Scalars.One);
        return KSelection.Lowest(scores, null, values.numel(), k);
    }

    // Half from the positives (zeros with them), half from the negatives, the odd one from the positives; a side that has too few leaves
    // the rest to the other.
    private static Tensor Signed(Tensor values, long k)
    {
        var negative = values.lt(Scalars.Zero);
        var negatives = KSelection.Count(negative);
        var positives = values.numel() - negatives;
        var fromNegative = Math.Clamp(k / 2, Math.Max(0, k - positives), negatives);
        var magnitude = values.abs();
        return KSelection
            .Lowest(magnitude.mul(negative), negative, negatives, fromNegative)
            .logical_or_(
                KSelection.Lowest(magnitude.masked_fill_(negative, Scalars.Zero), negative.logical_not(), positives, k - fromNegative)
            );
    }
}
