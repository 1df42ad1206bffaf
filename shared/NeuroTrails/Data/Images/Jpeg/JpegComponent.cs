namespace NeuroTrails.Data;

/// <summary>One colour component of a JPEG frame and its coefficients.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="Across">Blocks of a unit side by side (horizontal sampling factor), 1 to 4.</param>
/// <param name="Down">Blocks of a unit one above the other, 1 to 4.</param>
/// <param name="Table">Which quantisation table.</param>
internal sealed record JpegComponent(int Id, int Across, int Down, int Table)
{
    /// <summary>Samples a row, without padding.</summary>
    public int Width { get; init; }

    /// <summary>Rows, without padding.</summary>
    public int Height { get; init; }

    /// <summary>Blocks a row, padded to whole units.</summary>
    public int BlocksAcross { get; init; }

    /// <summary>Rows of blocks, padded to whole units.</summary>
    public int BlocksDown { get; init; }

    /// <summary>Coefficients, 64 a block, in natural order.</summary>
    public short[] Coefficients { get; init; } = [];

    /// <summary>The coefficients of one block.</summary>
    public Span<short> Block(int row, int column) => Coefficients.AsSpan(((row * BlocksAcross) + column) * JpegScan.BlockSize, JpegScan.BlockSize);
}
