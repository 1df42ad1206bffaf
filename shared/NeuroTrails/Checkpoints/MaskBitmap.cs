using System.Numerics;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// Masks as bits: position <c>i</c> (flat index, C order) is bit <c>i % 8</c>, counted from the lowest, of byte <c>i / 8</c>. Bits beyond
/// the last position are zero.
/// </summary>
internal static class MaskBitmap
{
    public static int Bytes(long positions) => checked((int)((positions + 7) / 8));

    // Packs a mask of one byte a position.
    public static byte[] Pack(ReadOnlySpan<byte> mask)
    {
        var bitmap = new byte[Bytes(mask.Length)];
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] > 1)
            {
                throw new SparseEncodingException($"mask position {i} is {mask[i]}; 0 and 1 are allowed");
            }

            bitmap[i >> 3] |= (byte)(mask[i] << (i & 7));
        }

        return bitmap;
    }

    // Unpacks into a mask of one byte a position.
    public static void Unpack(ReadOnlySpan<byte> bitmap, Span<byte> mask)
    {
        CountActive(bitmap, mask.Length);
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)((bitmap[i >> 3] >> (i & 7)) & 1);
        }
    }

    // Checks a bitmap, and counts its active positions.
    public static long CountActive(ReadOnlySpan<byte> bitmap, long positions)
    {
        if (bitmap.Length != Bytes(positions))
        {
            throw new SparseEncodingException(
                $"a bitmap of {bitmap.Length} bytes for {positions} positions; {Bytes(positions)} are needed"
            );
        }

        if (positions % 8 != 0 && bitmap[^1] >> (int)(positions % 8) != 0)
        {
            throw new SparseEncodingException($"bits beyond position {positions - 1} are set in the bitmap's last byte 0x{bitmap[^1]:x2}");
        }

        long active = 0;
        foreach (var bits in bitmap)
        {
            active += BitOperations.PopCount(bits);
        }

        return active;
    }
}
