using System.Runtime.CompilerServices;

namespace NeuroTrails.Data;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014) started from a key of four numbers: the same key gives the same numbers, whoever asks and in
/// whatever order, on every machine. Cheap enough to be made anew for every sample.
/// </summary>
/// <remarks>A mutable value type: pass it by <c>ref</c>. Not for cryptography.</remarks>
public struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>Starts at the numbers that belong to one key.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">What the numbers are for; different purposes never share numbers.</param>
    /// <param name="epoch">Epoch, or 0.</param>
    /// <param name="position">Sample position, or 0.</param>
    public CounterRandom(long seed, RandomStream stream, long epoch = 0, long position = 0)
    {
        // Each part is mixed before the next is added, so that (1, 0) and (0, 1) have nothing in common.
        var key = Mix((ulong)seed + Golden);
        key = Mix(key + (ulong)stream + Golden);
        key = Mix(key + (ulong)epoch + Golden);
        state = Mix(key + (ulong)position + Golden);
    }

    /// <summary>64 uniform bits.</summary>
    /// <returns>Any value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64() => Mix(state += Golden);

    /// <summary>A uniform number below a bound, without bias (Lemire 2019).</summary>
    /// <param name="bound">Above 0.</param>
    /// <returns>0 to <paramref name="bound"/> − 1.</returns>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var high = Math.BigMul(NextUInt64(), (ulong)bound, out var low);
        if (low < (ulong)bound)
        {
            var threshold = (0UL - (ulong)bound) % (ulong)bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), (ulong)bound, out low);
            }
        }

        return (int)high;
    }

    /// <summary>A uniform multiple of 2⁻⁵³.</summary>
    /// <returns>At least 0, below 1.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in an interval.</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Bound above.</param>
    /// <returns>At least <paramref name="low"/>, below <paramref name="high"/> but for rounding.</returns>
    public double NextBetween(double low, double high) => low + ((high - low) * NextDouble());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
