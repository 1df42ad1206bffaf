namespace NeuroTrails.Data;

/// <summary>A Huffman table of a JPEG file, by lookup of 16 bits.</summary>
internal sealed class JpegHuffman
{
    private const int LongestCode = 16;

    // For every 16 bits that may come next: the length of the code they start with, then its symbol; 0 where no code fits.
    private readonly ushort[] lookup = new ushort[1 << LongestCode];

    /// <summary>Builds the table from the number of codes of each length, 1 to 16, and their symbols.</summary>
    /// <exception cref="UserErrorException">There are more codes than bits allow.</exception>
    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, string source)
    {
        var (code, symbol) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            for (var i = 0; i < counts[length - 1]; i++, code++, symbol++)
            {
                if (code >= 1 << length)
                {
                    throw DataError.Damaged(source, "an overfull Huffman table", "a JPEG file");
                }

                var spare = LongestCode - length;
                lookup.AsSpan(code << spare, 1 << spare).Fill((ushort)((length << 8) | symbols[symbol]));
            }

            code <<= 1;
        }
    }

    /// <summary>The next symbol.</summary>
    /// <exception cref="UserErrorException">The bits are no code of this table.</exception>
    public int Next(JpegBits bits)
    {
        var entry = lookup[bits.Peek(LongestCode)];
        if (entry == 0)
        {
            throw bits.Fault("bits that are no Huffman code");
        }

        bits.Skip(entry >> 8);
        return entry & 0xff;
    }
}
