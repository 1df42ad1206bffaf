using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>Selects exactly k positions by their score, equal scores in the order of the flat index.</summary>
/// <remarks>
/// A quick-select finds the k-th score and one comparison finds everything within it: linear, where a stable sort of 36 M scores takes
/// many seconds. Only a tie across the k-th place, seen by a count (one number to the host), has its positions listed.
/// </remarks>
internal static class KSelection
{
    /// <summary>The k lowest-scored candidates.</summary>
    /// <param name="scores">[N], no candidate below any other position: those have score 0 where candidates' are at least 0.</param>
    /// <param name="candidates">[N] bool, or null where all are.</param>
    /// <param name="count">Number of candidates.</param>
    /// <param name="k">How many to select, 0 to <paramref name="count"/>.</param>
    /// <returns>[N] bool with exactly k true.</returns>
    public static Tensor Lowest(Tensor scores, Tensor? candidates, long count, long k) =>
        k == 0 ? zeros_like(scores, ScalarType.Bool) : Select(scores, candidates, scores.numel() - count + k, k, lowest: true);

    /// <summary>The k highest-scored candidates.</summary>
    /// <param name="scores">[N], no candidate below any other position: those have score 0 where candidates' are at least 0.</param>
    /// <param name="candidates">[N] bool, or null where all are.</param>
    /// <param name="k">How many to select, 0 to the number of candidates.</param>
    /// <returns>[N] bool with exactly k true.</returns>
    public static Tensor Highest(Tensor scores, Tensor? candidates, long k) =>
        k == 0 ? zeros_like(scores, ScalarType.Bool) : Select(scores, candidates, scores.numel() - k + 1, k, lowest: false);

    private static Tensor Select(Tensor scores, Tensor? candidates, long rank, long k, bool lowest)
    {
        using var scope = NewDisposeScope();
        var threshold = kthvalue(scores, rank, 0).values;
        var selected = Among(lowest ? scores.le(threshold) : scores.ge(threshold), candidates);
        var surplus = Count(selected) - k;
        if (surplus != 0)
        {
            var ties = Among(scores.eq(threshold), candidates).nonzero().flatten();
            if (surplus < 0 || surplus > ties.numel())
            {
                throw new TopologyInvariantException(
                    $"{k} positions were to be selected, {k + surplus} lie within the k-th score and {ties.numel()} on it: scores outside "
                        + "the candidates are not 0, or not finite."
                );
            }

            // nonzero lists positions in ascending order, so that the surplus is cut off its end.
            selected.index_fill_(0, ties.narrow(0, ties.numel() - surplus, surplus), false);
        }

        return selected.MoveToOuterDisposeScope();
    }

    // Number of true flags; in int32 where that is enough, which takes half the time.
    public static long Count(Tensor flags) =>
        flags.numel() <= int.MaxValue ? flags.sum(ScalarType.Int32).item<int>() : flags.sum().item<long>();

    private static Tensor Among(Tensor positions, Tensor? candidates) =>
        candidates is null ? positions : positions.logical_and_(candidates);
}
