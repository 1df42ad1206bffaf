namespace NeuroTrails.Checkpoints;

/// <summary>A tensor of an owner with all that belongs to it, in its logical (dense, C order) form; files hold it packed.</summary>
/// <param name="Value">Name, type, shape and elements; +0 wherever <see cref="Mask"/> is inactive.</param>
public sealed record OwnerTensor(TensorSource Value)
{
    /// <summary>C order in memory too.</summary>
    public const string Contiguous = "contiguous";

    /// <summary>Channels innermost in memory, as convolutions like it.</summary>
    public const string ChannelsLast = "channels_last";

    /// <summary>Active positions as <see cref="MaskBitmap"/> packs them, or null where the tensor is dense.</summary>
    public byte[]? Mask { get; init; }

    /// <summary>The optimiser's state: a short name each (<c>momentum</c>), the shape of the value, +0 wherever the mask is inactive.</summary>
    public IReadOnlyList<TensorSource> Moments { get; init; } = [];

    /// <summary>State that the mask does not touch, such as a moving average of dense gradients: a short name each, the shape of the value.</summary>
    public IReadOnlyList<TensorSource> Extras { get; init; } = [];

    /// <summary>
    /// How the tensor lay in memory, so that the loader can lay it out the same: <see cref="Contiguous"/>, <see cref="ChannelsLast"/>, or a string of the loader's own.
    /// The order of floating point sums depends on it.
    /// </summary>
    public string MemoryFormat { get; init; } = Contiguous;
}
