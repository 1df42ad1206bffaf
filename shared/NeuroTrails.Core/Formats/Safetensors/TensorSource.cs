namespace NeuroTrails.Formats;

/// <summary>
/// A tensor that a writer will ask for when its turn comes, so that writing a whole network never holds
/// more than one tensor's copy (its download from a device, its packed form) in memory.
/// </summary>
/// <param name="Name">Full name inside its file.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Extents, outermost first; empty for a scalar.</param>
/// <param name="Data">Gives the elements in C order, little-endian; called once for each write.</param>
public sealed record TensorSource(string Name, StoredDType DType, long[] Shape, Func<ReadOnlyMemory<byte>> Data)
{
    /// <summary>Bytes that <see cref="Data"/> must give.</summary>
    /// <exception cref="ArgumentException">A negative extent, or a product beyond 63 bits.</exception>
    public long Bytes =>
        DType.TryCountBytes(Shape, out var bytes)
            ? bytes
            : throw new ArgumentException($"tensor '{Name}': shape [{string.Join(", ", Shape)}] of {DType} is not addressable");
}
