namespace NeuroTrails.Data;

/// <summary>The order in which an epoch visits the samples, from (seed, epoch, count) alone: Fisher–Yates over
/// <see cref="CounterRandom"/>.</summary>
public static class EpochOrder
{
    /// <summary>The order of one epoch.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="count">Number of samples, at least 0.</param>
    /// <returns>Each of 0 to <paramref name="count"/> − 1 once.</returns>
    public static int[] Of(long seed, long epoch, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Shuffle.Permutation(count, new CounterRandom(seed, RandomStream.Order, epoch));
    }
}
