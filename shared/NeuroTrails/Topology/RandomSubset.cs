using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Draws k of the candidates uniformly, without replacement.</summary>
/// <remarks>
/// Random numbers cost ten times as much as anything else done to a position, so few are drawn: positions with replacement until k distinct
/// candidates are hit. Which ones were hit is uniform given how many, and the surplus is taken away by chance as well. Only where half of
/// the candidates or more are wanted does every position get a number. All draws are made on the CPU: the same on every device.
/// </remarks>
internal static class RandomSubset
{
    /// <summary>Exactly k candidates.</summary>
    /// <param name="candidates">[N] bool.</param>
    /// <param name="count">Number of candidates.</param>
    /// <param name="k">How many to draw, 0 to <paramref name="count"/>.</param>
    /// <param name="generator">The owner's CPU generator.</param>
    /// <returns>[N] bool with exactly k true.</returns>
    public static Tensor Of(Tensor candidates, long count, long k, Generator generator)
    {
        using var scope = NewDisposeScope();

        // Enough distinct hits to have k of them in all but a few of a thousand draws.
        var wanted = k + (3 * Math.Sqrt(k)) + 4;
        var subset =
            k > 0 && wanted < count / 2.0
                ? ByHits(candidates, k, -Math.Log(1 - (wanted / count)), generator)
                : KSelection.Highest(Uniform(candidates.numel(), candidates, generator).mul_(candidates), candidates, k);
        return subset.MoveToOuterDisposeScope();
    }

    private static Tensor ByHits(Tensor candidates, long k, double drawsPerPosition, Generator generator)
    {
        var positions = candidates.numel();
        var draws = (long)Math.Ceiling(positions * drawsPerPosition);
        using var hit = zeros_like(candidates);
        while (true)
        {
            hit.index_fill_(0, randint(0, positions, [draws], ScalarType.Int64, CPU, generator: generator).to(hit.device), true);
            var distinct = hit.logical_and_(candidates).nonzero().flatten();
            if (distinct.numel() >= k)
            {
                var kept = KSelection.Highest(Uniform(distinct.numel(), candidates, generator), null, k);
                return zeros_like(candidates).index_fill_(0, distinct.masked_select(kept), true);
            }
        }
    }

    // 53 bits, so that ties, which would favour the lower index, are next to impossible.
    private static Tensor Uniform(long count, Tensor like, Generator generator) =>
        rand(count, ScalarType.Float64, CPU, generator: generator).to(like.device);
}
