namespace NeuroTrails.Data;

/// <summary>
/// Shape of one sample without the batch, channels first: in a data set and between any two blocks of a network. A vector of N values is
/// 1×1×N as data have it, and N×1×1 in a network, where its values are features. A window of L tokens is 1×1×L, and C×1×L in a network,
/// both with <see cref="IsSequence"/>.
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

    /// <summary>Whether the places are positions of a text: tensors are then [B, L, C], or [B, L] of whole numbers where they hold
    /// tokens.</summary>
    public bool IsSequence { get; init; }

    /// <summary>Whether samples are windows of tokens, as data have them.</summary>
    public bool IsTokens => IsSequence && Channels == 1;

    /// <summary>Whether samples are vectors: one channel of one row.</summary>
    public bool IsVector => Channels == 1 && Height == 1 && !IsSequence;

    /// <summary>As networks are drawn: <c>[64]</c> for features without a place, <c>[3, 32, 32]</c> for others, <c>[256, 64]</c> for 64
    /// features at 256 positions.</summary>
    public string Features =>
        IsTokens ? $"[{Width}]"
        : IsSequence ? $"[{Width}, {Channels}]"
        : Height == 1 && Width == 1 ? $"[{Channels}]"
        : $"[{Channels}, {Height}, {Width}]";

    /// <summary>The shape of a vector of data.</summary>
    /// <param name="length">Number of values, at least 1.</param>
    /// <returns>1×1×<paramref name="length"/>.</returns>
    public static SampleShape Vector(int length) => new(1, 1, length);

    /// <summary>The shape of a window of tokens.</summary>
    /// <param name="length">Number of tokens L, at least 1.</param>
    public static SampleShape Tokens(int length) => new(1, 1, length) { IsSequence = true };

    /// <inheritdoc/>
    public override string ToString() => IsTokens ? $"{Width} tokens" : $"{Channels}x{Height}x{Width}";
}
