namespace NeuroTrails.Formats;

/// <summary>Where a tensor lies in its file.</summary>
/// <param name="Name">Full name.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Extents, outermost first; empty for a scalar.</param>
/// <param name="Offset">Bytes from the start of the file to the first element.</param>
/// <param name="Bytes">Length of the data.</param>
public sealed record StoredTensorInfo(string Name, StoredDType DType, long[] Shape, long Offset, long Bytes);
