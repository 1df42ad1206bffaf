namespace NeuroTrails.Data;

/// <summary>What the frame header of a JPEG file says.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Progressive">Whether coefficients come in several scans.</param>
/// <param name="Components">1 (grey), 3 (colour) or 4 (print colours).</param>
internal sealed record JpegFrame(int Width, int Height, bool Progressive, JpegComponent[] Components)
{
    /// <summary>Largest horizontal sampling factor.</summary>
    public int MostAcross => Components.Max(component => component.Across);

    /// <summary>Largest vertical sampling factor.</summary>
    public int MostDown => Components.Max(component => component.Down);

    /// <summary>Units a row: a unit holds every component's blocks for the same pixels.</summary>
    public int UnitsAcross => Ceiling(Width, 8 * MostAcross);

    /// <summary>Rows of units.</summary>
    public int UnitsDown => Ceiling(Height, 8 * MostDown);

    /// <summary>Parses the header (SOF0, SOF1 or SOF2).</summary>
    /// <exception cref="UserErrorException">It is damaged, of a kind that we do not decode, or promises more than the file can hold.</exception>
    public static JpegFrame Parse(ReadOnlySpan<byte> data, bool progressive, int fileLength, string source)
    {
        if (data.Length < 6 || data[0] != 8 || data[5] is not (1 or 3 or 4) || data.Length != 6 + (3 * data[5]))
        {
            throw DataError.Damaged(source, $"a JPEG of {(data.Length > 0 ? data[0] : 0)} bits with {(data.Length > 5 ? data[5] : 0)} components", "8 bits and 1, 3 or 4 components");
        }

        var (height, width) = ((data[1] << 8) | data[2], (data[3] << 8) | data[4]);
        var components = new JpegComponent[data[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var part = data.Slice(6 + (3 * i), 3);
            components[i] = new JpegComponent(part[0], part[1] >> 4, part[1] & 15, part[2]);
            if (components[i] is not { Across: >= 1 and <= 4, Down: >= 1 and <= 4, Table: <= 3 })
            {
                throw DataError.Damaged(source, $"component {i} with sampling {part[1]:x2} and table {part[2]}", "sampling 1 to 4 and tables 0 to 3");
            }
        }

        var frame = new JpegFrame(width, height, progressive, components);

        // Every block costs at least one bit in some scan: a frame of more blocks than the file has bits is a lie that we need not allocate for.
        var units = width == 0 || height == 0 ? 0 : (long)frame.UnitsAcross * frame.UnitsDown;
        if (units == 0 || units * components.Sum(component => component.Across * component.Down) > 8L * fileLength)
        {
            throw DataError.Damaged(source, $"{width}x{height} pixels in {fileLength} bytes", "a whole JPEG file (it looks truncated)");
        }

        return frame with { Components = [.. components.Select(component => frame.Allocate(component))] };
    }

    /// <summary>Division rounded up.</summary>
    public static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;

    private JpegComponent Allocate(JpegComponent component) => component with
    {
        Width = Ceiling(Width * component.Across, MostAcross),
        Height = Ceiling(Height * component.Down, MostDown),
        BlocksAcross = UnitsAcross * component.Across,
        BlocksDown = UnitsDown * component.Down,
        Coefficients = new short[UnitsAcross * component.Across * UnitsDown * component.Down * JpegScan.BlockSize],
    };
}
