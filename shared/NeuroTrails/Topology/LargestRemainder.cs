namespace NeuroTrails.Topology;

/// <summary>Turns real shares of a budget into whole numbers with an exact total (Hare–Niemeyer).</summary>
internal static class LargestRemainder
{
    // Shares come out of floating-point divisions: differences below this are dust, not an order.
    private const double Dust = 1e-9;

    /// <summary>Whole numbers near <paramref name="shares"/> that add up to <paramref name="total"/>.</summary>
    /// <param name="shares">Real shares, each between 0 and its capacity, with a sum within 1 of the total.</param>
    /// <param name="capacities">The most that each may get.</param>
    /// <param name="total">The sum to reach, between the number of shares and the sum of capacities.</param>
    /// <returns>At least 1 each; among equal remainders the lower index is served first.</returns>
    public static long[] Round(IReadOnlyList<double> shares, IReadOnlyList<long> capacities, long total)
    {
        var counts = new long[shares.Count];
        var remainders = new long[shares.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Math.Clamp((long)Math.Floor(shares[i] + Dust), 0, capacities[i]);
            remainders[i] = (long)Math.Round((shares[i] - counts[i]) / Dust);
        }

        var missing = total - counts.Sum();
        var byRemainder = Enumerable.Range(0, counts.Length).OrderByDescending(i => remainders[i]).ToArray();
        for (var turn = 0; missing > 0; turn = (turn + 1) % counts.Length)
        {
            var i = byRemainder[turn];
            if (counts[i] < capacities[i])
            {
                counts[i]++;
                missing--;
            }
        }

        LiftEmpty(counts);
        return counts;
    }

    // A tensor without a single active weight would cut the network: the largest tensors give one each.
    private static void LiftEmpty(long[] counts)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0)
            {
                counts[Array.IndexOf(counts, counts.Max())]--;
                counts[i] = 1;
            }
        }
    }
}
