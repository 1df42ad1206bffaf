namespace NeuroTrails.Formats;

/// <summary>A tensor as bytes, free of any tensor library.</summary>
/// <param name="Name">Full name inside its file, such as <c>blocks.0.conv1.weight</c>.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Extents, outermost first; empty for a scalar.</param>
/// <param name="Data">Elements in C order, little-endian, exactly as many bytes as shape and type ask for.</param>
public sealed record StoredTensor(string Name, StoredDType DType, long[] Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public long Count => Data.Length / DType.ByteSize();

    /// <summary>The same tensor for a writer.</summary>
    public TensorSource ToSource() => new(Name, DType, Shape, () => Data);
}
