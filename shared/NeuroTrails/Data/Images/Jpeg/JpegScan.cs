namespace NeuroTrails.Data;

/// <summary>
/// Reads the coefficients of one scan, baseline or progressive.
/// Source: ITU-T T.81 (1992), annexes F (sequential) and G (progressive).
/// </summary>
internal sealed class JpegScan
{
    /// <summary>Coefficients of a block of 8×8.</summary>
    public const int BlockSize = 64;

    private readonly JpegBits bits;
    private readonly (JpegComponent Component, JpegHuffman? Direct, JpegHuffman? Alternating)[] parts;
    private readonly int[] predictions;
    private readonly int first;
    private readonly int last;
    private readonly int high;
    private readonly int low;
    private readonly bool progressive;
    private int emptyBlocks;

    /// <summary>Prepares a scan.</summary>
    /// <param name="bits">Its bits.</param>
    /// <param name="parts">Its components with their tables for the first and for the other coefficients.</param>
    /// <param name="band">First and last coefficient in zigzag order.</param>
    /// <param name="approximation">Bits already known (0 in the first scan of a band) and bits left for later.</param>
    /// <param name="progressive">Whether the frame is progressive.</param>
    public JpegScan(JpegBits bits, (JpegComponent, JpegHuffman?, JpegHuffman?)[] parts, (int First, int Last) band, (int High, int Low) approximation, bool progressive)
    {
        this.bits = bits;
        this.parts = parts;
        (first, last) = band;
        (high, low) = approximation;
        this.progressive = progressive;
        predictions = new int[parts.Length];
        if (first > last || last >= BlockSize || low > 13 || (progressive && first == 0 && last != 0) || (progressive && first > 0 && parts.Length != 1) || (!progressive && (first, last) != (0, 63)))
        {
            throw bits.Fault($"a scan of coefficients {first} to {last}");
        }
    }

    /// <summary>Order in which coefficients are stored: along the diagonals of the block.</summary>
    public static ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Reads all units, passing a restart marker after every so many (0 for none).</summary>
    public void Read(JpegFrame frame, int restartInterval)
    {
        // A scan of one component goes through its own blocks, without the padding to whole units.
        var alone = parts.Length == 1 ? parts[0].Component : null;
        var across = alone is null ? frame.UnitsAcross : JpegFrame.Ceiling(alone.Width, 8);
        var down = alone is null ? frame.UnitsDown : JpegFrame.Ceiling(alone.Height, 8);
        for (var unit = 0; unit < across * down; unit++)
        {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0)
            {
                bits.Restart();
                Array.Clear(predictions);
                emptyBlocks = 0;
            }

            if (alone is not null)
            {
                Block(0, alone.Block(unit / across, unit % across));
                continue;
            }

            for (var part = 0; part < parts.Length; part++)
            {
                var component = parts[part].Component;
                for (var block = 0; block < component.Across * component.Down; block++)
                {
                    var row = (unit / across * component.Down) + (block / component.Across);
                    Block(part, component.Block(row, (unit % across * component.Across) + (block % component.Across)));
                }
            }
        }
    }

    private void Block(int part, Span<short> block)
    {
        if (!progressive)
        {
            First(part, block);
            Band(part, block, 1);
        }
        else if (first == 0 && high == 0)
        {
            First(part, block);
        }
        else if (first == 0)
        {
            block[0] |= (short)(bits.Read(1) << low);
        }
        else if (high == 0)
        {
            Band(part, block, first);
        }
        else
        {
            Refine(part, block);
        }
    }

    private void First(int part, Span<short> block)
    {
        var size = Table(parts[part].Direct).Next(bits);
        if (size > 11)
        {
            throw bits.Fault("a coefficient of more than 11 bits");
        }

        predictions[part] += bits.Signed(size);
        block[0] = (short)(predictions[part] << low);
    }

    private void Band(int part, Span<short> block, int from)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return;
        }

        var table = Table(parts[part].Alternating);
        for (var k = from; k <= last; k++)
        {
            var symbol = table.Next(bits);
            var (zeros, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && zeros < 15)
            {
                // The end of this block and, in a progressive scan, of so many after it.
                emptyBlocks = progressive ? (1 << zeros) + bits.Read(zeros) - 1 : 0;
                return;
            }

            k += zeros;
            if (k > last)
            {
                throw bits.Fault("a coefficient beyond its band");
            }

            block[Zigzag[k]] = size == 0 ? (short)0 : (short)(bits.Signed(size) << low);
        }
    }

    // Each known coefficient gets one more bit; new ones of size 1 come between, counted by the zeros passed.
    private void Refine(int part, Span<short> block)
    {
        var one = (short)(1 << low);
        var k = first;
        var table = Table(parts[part].Alternating);
        while (emptyBlocks == 0 && k <= last)
        {
            var symbol = table.Next(bits);
            var (zeros, size) = (symbol >> 4, symbol & 15);
            if (size > 1)
            {
                throw bits.Fault("a refinement of more than one bit");
            }

            if (size == 0 && zeros < 15)
            {
                emptyBlocks = (1 << zeros) + bits.Read(zeros);
                break;
            }

            var value = size == 0 ? (short)0 : bits.Read(1) == 1 ? one : (short)-one;
            for (; k <= last; k++)
            {
                ref var coefficient = ref block[Zigzag[k]];
                if (coefficient != 0)
                {
                    Sharpen(ref coefficient, one);
                }
                else if (zeros-- == 0)
                {
                    coefficient = value;
                    break;
                }
            }

            k++;
        }

        if (emptyBlocks > 0)
        {
            for (; k <= last; k++)
            {
                Sharpen(ref block[Zigzag[k]], one);
            }

            emptyBlocks--;
        }
    }

    private void Sharpen(ref short coefficient, short one)
    {
        if (coefficient != 0 && bits.Read(1) == 1 && (coefficient & one) == 0)
        {
            coefficient += coefficient > 0 ? one : (short)-one;
        }
    }

    private JpegHuffman Table(JpegHuffman? table) => table ?? throw bits.Fault("a scan without its Huffman table");
}
