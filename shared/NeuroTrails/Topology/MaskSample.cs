using System.Numerics;
using static TorchSharp.torch;

namespace NeuroTrails.Topology;

/// <summary>
/// A bitmap of some of a mask's positions, always the same ones for a size: enough to estimate how
/// much two heads' masks overlap and how long
/// connections live, in a few hundred bytes whatever the tensor's size. It draws nothing, so that it changes no bits of a run.
/// </summary>
internal static class MaskSample
{
    public const int Most = 2048;

    // The sample of a mask, a bit a position, the lowest bit of a byte first.
    public static byte[] Of(Tensor mask)
    {
        using var scope = NewDisposeScope();
        var flat = mask.flatten();
        var positions = flat.slice(0, 0, flat.shape[0], Stride(flat.shape[0])).cpu().contiguous().data<bool>();
        var bits = new byte[(positions.Count + 7) / 8];
        var at = 0;
        foreach (var active in positions)
        {
            bits[at / 8] |= (byte)((active ? 1 : 0) << (at % 8));
            at++;
        }

        return bits;
    }

    // How many bits of a sample, or of two samples at once, are set.
    public static int Count(ReadOnlySpan<byte> sample, ReadOnlySpan<byte> other)
    {
        var count = 0;
        for (var at = 0; at < Math.Min(sample.Length, other.Length); at++)
        {
            count += BitOperations.PopCount((uint)(sample[at] & other[at]));
        }

        return count;
    }

    // A step that shares a factor with the shape would look at the same columns, or the same corner of every filter, again and again.
    internal static long Stride(long positions)
    {
        var stride = Math.Max(1, (positions + Most - 1) / Most);
        while (stride > 1 && BigInteger.GreatestCommonDivisor(stride, positions) != 1)
        {
            stride++;
        }

        return stride;
    }
}
