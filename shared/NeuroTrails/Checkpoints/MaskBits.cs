using System.Numerics;
using static TorchSharp.torch;

namespace NeuroTrails.Checkpoints;

/// <summary>Masks as bitmaps: position i of the mask, in C order, is bit i mod 8 (lowest first) of byte i / 8.</summary>
internal static class MaskBits
{
    /// <summary>Bytes of a bitmap.</summary>
    public static long Bytes(long positions) => (positions + 7) / 8;

    public static ReadOnlyMemory<byte> Pack(Tensor mask)
    {
        var positions = TensorBytes.Copy(mask).Span;
        var bits = new byte[Bytes(positions.Length)];
        for (var i = 0; i < positions.Length; i++)
        {
            bits[i >> 3] |= (byte)(positions[i] << (i & 7));
        }

        return bits;
    }

    /// <summary>The mask on the CPU and the number of its active positions.</summary>
    public static (Tensor Mask, long Active) Unpack(ReadOnlyMemory<byte> bitmap, long[] shape)
    {
        var mask = empty(shape, dtype: ScalarType.Bool);
        var positions = mask.bytes;
        var bits = bitmap.Span;
        if (bits.Length != Bytes(positions.Length))
        {
            throw new UserErrorException($"A mask of {positions.Length} positions needs {Bytes(positions.Length)} bytes, but the checkpoint has {bits.Length}. Resume with the run's own config.yaml.");
        }

        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = (byte)((bits[i >> 3] >> (i & 7)) & 1);
        }

        long active = 0;
        foreach (var value in bits)
        {
            active += BitOperations.PopCount(value);
        }

        return (mask, active);
    }
}
