namespace NeuroTrails.Execution;

/// <summary>Chooses how heads share a CPU's cores where the run's options leave it open: no core should wait for the last head.</summary>
/// <remarks>
/// As measured: heads of one thread each cost the least processor time, and three of them at once on two cores, which the
/// operating system deals out, are done sooner than two and then one, or than three of two threads in turn.
/// </remarks>
internal static class HeadConcurrency
{
    // Intra-op threads of each head: 1, or more where there are fewer heads than threads.
    public static int Threads(int threads, int heads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        return CeilingOfRatio(threads, heads);
    }

    // Heads that compute at once: as many as fit, or, where the last of them would leave cores idle, rounds of equal size and at most twice
    // as many.
    public static int Places(int threads, int heads, int headThreads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(headThreads, 1);
        var fit = Math.Max(1, threads / headThreads);
        return heads % fit == 0 ? fit : CeilingOfRatio(heads, CeilingOfRatio(heads, 2 * fit));
    }

    private static int CeilingOfRatio(int count, int divisor) => (count + divisor - 1) / divisor;
}
