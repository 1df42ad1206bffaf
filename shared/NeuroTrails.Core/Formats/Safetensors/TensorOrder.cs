namespace NeuroTrails.Formats;

/// <summary>In which order a writer lays tensors out.</summary>
public enum TensorOrder
{
    /// <summary>
    /// Widest element type first, then by name (ordinal): independent of the caller's order, and every tensor starts at a multiple of its
    /// element size, because the format allows no padding between tensors.
    /// </summary>
    Aligned,

    /// <summary>As the caller gives them.</summary>
    AsGiven,
}
