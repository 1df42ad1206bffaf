namespace NeuroTrails.Formats;

/// <summary>Sizes and names of <see cref="StoredDType"/>.</summary>
public static class StoredDTypes
{
    internal static string Allowed { get; } = string.Join(", ", Enum.GetNames<StoredDType>());

    /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
    /// <param name="dtype">The type.</param>
    public static int ByteSize(this StoredDType dtype) =>
        dtype switch
        {
            StoredDType.BOOL or StoredDType.U8 or StoredDType.I8 => 1,
            StoredDType.I16 or StoredDType.F16 or StoredDType.BF16 => 2,
            StoredDType.I32 or StoredDType.F32 => 4,
            StoredDType.I64 or StoredDType.F64 => 8,
            _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, $"not one of {Allowed}"),
        };

    internal static bool TryParse(string name, out StoredDType dtype)
    {
        // Enum.TryParse alone would also take "7", "664", " F32" and "F32,F64".
        return Enum.TryParse(name, out dtype) && Enum.GetName(dtype) == name;
    }

    internal static bool TryCountBytes(this StoredDType dtype, ReadOnlySpan<long> shape, out long bytes)
    {
        // A zero extent anywhere makes the product zero, but an overflow before it is still a malformed shape.
        bytes = dtype.ByteSize();
        foreach (var extent in shape)
        {
            var product = (Int128)bytes * extent;
            if (extent < 0 || product > long.MaxValue)
            {
                return false;
            }

            bytes = (long)product;
        }

        return true;
    }
}
