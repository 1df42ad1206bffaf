namespace NeuroTrails.Data;

/// <summary>
/// Passes a tar archive on, and refuses a record for a long name or for attributes whose size is a lie before anybody makes room for it:
/// .NET believes it.
/// Source: POSIX.1-2017, pax interchange format; the GNU manual for types K and L.
/// </summary>
internal sealed class TarRecords(Stream tar, string source) : ForwardStream
{
    private const int Block = 512;
    private const int SizeAt = 124;
    private const int SizeBytes = 12;
    private const int TypeAt = 156;

    // No path is longer, and attributes are a few lines.
    private const long Longest = 1 << 20;
    private readonly byte[] _header = new byte[Block];
    private int _filled;
    private int _served;
    private long _data;

    public override int Read(Span<byte> buffer)
    {
        if (_served < _filled)
        {
            var part = Math.Min(buffer.Length, _filled - _served);
            _header.AsSpan(_served, part).CopyTo(buffer);
            _served += part;
            return part;
        }

        if (_data > 0)
        {
            var read = tar.Read(buffer[..(int)Math.Min(buffer.Length, _data)]);
            _data -= read;
            return read;
        }

        (_served, _filled) = (0, tar.ReadAtLeast(_header, Block, throwOnEndOfStream: false));
        if (_filled == Block)
        {
            _data = Inspect();
        }

        return _filled == 0 || buffer.IsEmpty ? 0 : Read(buffer);
    }

    private long Inspect()
    {
        var size = Size(_header.AsSpan(SizeAt, SizeBytes));
        if (_header[TypeAt] is (byte)'K' or (byte)'L' or (byte)'x' or (byte)'g' && size is < 0 or > Longest)
        {
            throw DataError.Damaged(source, $"a record of type {(char)_header[TypeAt]} of {size} bytes", $"at most {Longest} bytes");
        }

        // Blocks are whole. A size that is none is the reader's to complain about.
        return size is < 0 or > long.MaxValue - Block ? 0 : (size + Block - 1) / Block * Block;
    }

    // Octal digits, or, where the first bit is set, the number itself.
    private static long Size(ReadOnlySpan<byte> field)
    {
        var size = 0L;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var value in field[(SizeBytes - sizeof(long))..])
            {
                size = (size << 8) | value;
            }

            var large = (field[0] & 0x7f) != 0 || field[1..(SizeBytes - sizeof(long))].ContainsAnyExcept((byte)0);
            return large ? -1 : size;
        }

        foreach (var digit in field)
        {
            size = digit is >= (byte)'0' and <= (byte)'7' ? (size << 3) + digit - '0' : size;
        }

        return size;
    }
}
