namespace NeuroTrails.Data;

/// <summary>
/// Shape of one sample without the batch, channels first: in a data set and between any two blocks of a network. A vector of N values is
/// 1×1×N as data have it, and N×1×1 in a network, where its values are features.
/// </summary>
/// <param name="Channels">Channels C, or features of a vector, at least 1.</param>
/// <param name="Height">Rows H, at least 1.</param>
/// <param name="Width">Columns W, at least 1.</param>
public readonly record struct SampleShape(int Channels, int Height = 1, int Width = 1)
{
    /// <summary>Values of one sample, C·H·W.</summary>
    public int Length => checked(Channels * Height * Width);

    /// <summary>Values of one channel, H·W; places at which a convolution's kernel is applied.</summary>
    public int Plane => checked(Height * Width);

    /// <summary>Whether samples are vectors: one channel of one row.</summary>
    public bool IsVector => Channels == 1 && Height == 1;

    /// <summary>As networks are drawn: <c>[64]</c> for features without a place, <c>[3, 32, 32]</c> for others.</summary>
    public string Features => Height == 1 && Width == 1 ? $"[{Channels}]" : $"[{Channels}, {Height}, {Width}]";

    /// <summary>The shape of a vector of data.</summary>
    /// <param name="length">Number of values, at least 1.</param>
    /// <returns>1×1×<paramref name="length"/>.</returns>
    public static SampleShape Vector(int length) => new(1, 1, length);

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
