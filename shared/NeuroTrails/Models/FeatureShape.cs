namespace NeuroTrails.Models;

/// <summary>Shape of one sample between two blocks, without the batch.</summary>
/// <param name="Channels">Channels, or features of a vector; at least 1.</param>
/// <param name="Height">Rows; 1 for a vector.</param>
/// <param name="Width">Columns; 1 for a vector.</param>
public readonly record struct FeatureShape(int Channels, int Height = 1, int Width = 1)
{
    /// <summary>Values in one sample.</summary>
    public long Elements => (long)Channels * Height * Width;

    /// <summary>Places at which a convolution's kernel is applied.</summary>
    public long Positions => (long)Height * Width;

    /// <inheritdoc/>
    public override string ToString() => Height == 1 && Width == 1 ? $"[{Channels}]" : $"[{Channels}, {Height}, {Width}]";
}
