using System.Buffers.Binary;

namespace NeuroTrails.Data;

/// <summary>Bytes of npy elements: order, layout and conversion.</summary>
internal static class NpyBytes
{
    public static NpyType TypeOf<T>()
        where T : unmanaged =>
        default(T) switch
        {
            bool => NpyType.Boolean,
            sbyte => NpyType.Int8,
            byte => NpyType.UInt8,
            short => NpyType.Int16,
            ushort => NpyType.UInt16,
            int => NpyType.Int32,
            uint => NpyType.UInt32,
            long => NpyType.Int64,
            ulong => NpyType.UInt64,
            Half => NpyType.Float16,
            float => NpyType.Float32,
            double => NpyType.Float64,
            _ => throw new ArgumentException($"npy has no {typeof(T)}"),
        };

    public static void SwapUnless(bool right, byte[] bytes, int elementBytes)
    {
        if (right || elementBytes == 1)
        {
            return;
        }

        for (var i = 0; i < bytes.Length; i += elementBytes)
        {
            bytes.AsSpan(i, elementBytes).Reverse();
        }
    }

    // Fortran order (first dimension fastest) to C order (last dimension fastest).
    public static byte[] ToRowMajor(byte[] bytes, int[] sizes, int elementBytes)
    {
        if (sizes.Length < 2 || bytes.Length == 0)
        {
            return bytes;
        }

        // Walk the elements in C order; `source` follows in Fortran order by the strides below.
        var strides = new int[sizes.Length];
        var stride = elementBytes;
        for (var d = 0; d < sizes.Length; d++)
        {
            strides[d] = stride;
            stride *= sizes[d];
        }

        var result = new byte[bytes.Length];
        var index = new int[sizes.Length];
        var source = 0;
        for (var target = 0; target < result.Length; target += elementBytes)
        {
            bytes.AsSpan(source, elementBytes).CopyTo(result.AsSpan(target));
            for (var d = sizes.Length - 1; d >= 0; d--)
            {
                source += strides[d];
                if (++index[d] < sizes[d])
                {
                    break;
                }

                source -= strides[d] * sizes[d];
                index[d] = 0;
            }
        }

        return result;
    }

    public static T[] Convert<T>(
        NpyType type,
        ReadOnlySpan<byte> bytes,
        Func<double, T> real,
        Func<long, T> signed,
        Func<ulong, T> unsigned
    )
    {
        var size = SizeOf(type);
        var result = new T[bytes.Length / size];
        for (var i = 0; i < result.Length; i++)
        {
            var element = bytes.Slice(i * size, size);
            result[i] = type switch
            {
                NpyType.Boolean => unsigned(element[0] == 0 ? 0u : 1u),
                NpyType.UInt8 => unsigned(element[0]),
                NpyType.Int8 => signed((sbyte)element[0]),
                NpyType.Int16 => signed(BinaryPrimitives.ReadInt16LittleEndian(element)),
                NpyType.UInt16 => unsigned(BinaryPrimitives.ReadUInt16LittleEndian(element)),
                NpyType.Int32 => signed(BinaryPrimitives.ReadInt32LittleEndian(element)),
                NpyType.UInt32 => unsigned(BinaryPrimitives.ReadUInt32LittleEndian(element)),
                NpyType.Int64 => signed(BinaryPrimitives.ReadInt64LittleEndian(element)),
                NpyType.UInt64 => unsigned(BinaryPrimitives.ReadUInt64LittleEndian(element)),
                NpyType.Float16 => real((double)BinaryPrimitives.ReadHalfLittleEndian(element)),
                NpyType.Float32 => real(BinaryPrimitives.ReadSingleLittleEndian(element)),
                _ => real(BinaryPrimitives.ReadDoubleLittleEndian(element)),
            };
        }

        return result;
    }

    public static long Whole(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 9e18
            ? (long)value
            : throw new InvalidCastException($"{value} is not a whole number");

    private static int SizeOf(NpyType type) =>
        type switch
        {
            NpyType.Boolean or NpyType.Int8 or NpyType.UInt8 => 1,
            NpyType.Int16 or NpyType.UInt16 or NpyType.Float16 => 2,
            NpyType.Int32 or NpyType.UInt32 or NpyType.Float32 => 4,
            _ => 8,
        };
}
