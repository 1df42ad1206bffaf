using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// Keeps the active elements of a masked tensor only, bit for bit: negative zeros and NaN payloads among them survive.
/// Elements are moved as integers, never as floating point numbers.
/// </summary>
public static class SparseCodec
{
    /// <summary>Takes the active elements, in C order.</summary>
    /// <param name="dense">All elements, C order.</param>
    /// <param name="bitmap">Active positions, as <see cref="MaskBitmap"/> packs them.</param>
    /// <param name="elementSize">Bytes of an element: 1, 2, 4 or 8.</param>
    /// <exception cref="SparseEncodingException">
    /// An inactive element has any bit set, so that it could not be restored; or the sizes do not fit. A negative zero counts too: multiplying a negative weight by its mask
    /// makes one, filling the masked positions with zero does not.
    /// </exception>
    public static byte[] Pack(ReadOnlySpan<byte> dense, ReadOnlySpan<byte> bitmap, int elementSize)
    {
        var active = MaskBitmap.CountActive(bitmap, Positions(dense.Length, elementSize));
        var values = new byte[checked((int)(active * elementSize))];
        switch (elementSize)
        {
            case 1:
                PackElements<byte>(dense, bitmap, values);
                break;
            case 2:
                PackElements(Cast<ushort>(dense), bitmap, MemoryMarshal.Cast<byte, ushort>(values.AsSpan()));
                break;
            case 4:
                PackElements(Cast<uint>(dense), bitmap, MemoryMarshal.Cast<byte, uint>(values.AsSpan()));
                break;
            default:
                PackElements(Cast<ulong>(dense), bitmap, MemoryMarshal.Cast<byte, ulong>(values.AsSpan()));
                break;
        }

        return values;
    }

    /// <summary>Puts the active elements back, and +0 everywhere else.</summary>
    /// <param name="values">The active elements, in C order.</param>
    /// <param name="bitmap">Active positions, as <see cref="MaskBitmap"/> packs them.</param>
    /// <param name="elementSize">Bytes of an element: 1, 2, 4 or 8.</param>
    /// <param name="dense">Receives all elements, C order.</param>
    /// <exception cref="SparseEncodingException">The sizes do not fit.</exception>
    public static void Unpack(ReadOnlySpan<byte> values, ReadOnlySpan<byte> bitmap, int elementSize, Span<byte> dense)
    {
        var active = MaskBitmap.CountActive(bitmap, Positions(dense.Length, elementSize));
        if (values.Length != active * elementSize)
        {
            throw new SparseEncodingException($"{values.Length} bytes of values; {active} active positions of {elementSize} bytes need {active * elementSize}");
        }

        dense.Clear();
        switch (elementSize)
        {
            case 1:
                UnpackElements(values, bitmap, dense);
                break;
            case 2:
                UnpackElements(Cast<ushort>(values), bitmap, MemoryMarshal.Cast<byte, ushort>(dense));
                break;
            case 4:
                UnpackElements(Cast<uint>(values), bitmap, MemoryMarshal.Cast<byte, uint>(dense));
                break;
            default:
                UnpackElements(Cast<ulong>(values), bitmap, MemoryMarshal.Cast<byte, ulong>(dense));
                break;
        }
    }

    private static void PackElements<T>(ReadOnlySpan<T> dense, ReadOnlySpan<byte> bitmap, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        var next = 0;
        for (var start = 0; start < dense.Length; start += 8)
        {
            int bits = bitmap[start >> 3];
            var end = Math.Min(start + 8, dense.Length);
            for (var i = start; i < end; i++, bits >>= 1)
            {
                if ((bits & 1) != 0)
                {
                    values[next++] = dense[i];
                }
                else if (dense[i] != T.Zero)
                {
                    throw new SparseEncodingException(
                        $"position {i} is inactive, but its bits are 0x{dense[i]:x}; only +0 can be left out (a weight multiplied by its mask may be -0: fill with zero instead)");
                }
            }
        }
    }

    private static void UnpackElements<T>(ReadOnlySpan<T> values, ReadOnlySpan<byte> bitmap, Span<T> dense)
        where T : unmanaged
    {
        var next = 0;
        for (var index = 0; index < bitmap.Length; index++)
        {
            // Clearing the lowest set bit until none is left visits the active positions only.
            for (int bits = bitmap[index]; bits != 0; bits &= bits - 1)
            {
                dense[(index << 3) + BitOperations.TrailingZeroCount(bits)] = values[next++];
            }
        }
    }

    private static ReadOnlySpan<T> Cast<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);

    private static int Positions(int bytes, int elementSize) => elementSize is 1 or 2 or 4 or 8 && bytes % elementSize == 0
        ? bytes / elementSize
        : throw new SparseEncodingException($"{bytes} bytes of elements of {elementSize} bytes; whole elements of 1, 2, 4 or 8 bytes are allowed");
}
