namespace NeuroTrails.Data;

/// <summary>A batch in managed memory.</summary>
/// <remarks>Hand it back to the loader when it has been copied to the device, and its arrays are used again.</remarks>
public sealed class HostBatch
{
    /// <summary>Makes room for a batch.</summary>
    /// <param name="count">Samples B, at least 1.</param>
    /// <param name="shape">Shape of every sample.</param>
    public HostBatch(int count, SampleShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Shape = shape;
        Pixels = shape.IsTokens ? [] : new float[checked(count * shape.Length)];
        Tokens = shape.IsTokens ? new long[checked(count * shape.Length)] : [];
        Labels = new long[count];
    }

    /// <summary>Samples B.</summary>
    public int Count => Labels.Length;

    /// <summary>Shape of every sample.</summary>
    public SampleShape Shape { get; }

    /// <summary>Normalised values, [B, C, H, W]; none of windows of tokens.</summary>
    public float[] Pixels { get; }

    /// <summary>Of windows of tokens: [B, L], each 0 to the vocabulary's last, or −1 for padding, which other padding alone
    /// follows.</summary>
    public long[] Tokens { get; }

    /// <summary>Labels, [B]; those of windows of tokens say nothing: each token is the label of the one before.</summary>
    public long[] Labels { get; }

    /// <summary>This batch if it has the wanted size, else a new one.</summary>
    internal static HostBatch Reuse(HostBatch? old, int count, SampleShape shape) =>
        old is not null && old.Count == count && old.Shape == shape ? old : new HostBatch(count, shape);
}
