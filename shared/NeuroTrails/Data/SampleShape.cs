namespace NeuroTrails.Data;

/// <summary>Shape of one sample, channels first. A vector of N values is 1×1×N.</summary>
/// <param name="Channels">Channels C, at least 1: 1 for grey, 3 for colour.</param>
/// <param name="Height">Rows H, at least 1.</param>
/// <param name="Width">Columns W, at least 1.</param>
public readonly record struct SampleShape(int Channels, int Height, int Width)
{
    /// <summary>Values of one sample, C·H·W.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>Values of one channel, H·W.</summary>
    public int Plane => Height * Width;

    /// <summary>Whether samples are vectors: one channel of one row.</summary>
    public bool IsVector => Channels == 1 && Height == 1;

    /// <summary>The shape of a vector.</summary>
    /// <param name="length">Number of values, at least 1.</param>
    /// <returns>1×1×<paramref name="length"/>.</returns>
    public static SampleShape Vector(int length) => new(1, 1, length);

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
