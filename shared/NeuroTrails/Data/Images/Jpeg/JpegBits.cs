namespace NeuroTrails.Data;

/// <summary>The bits of a JPEG scan, most significant first. A zero after each FF byte is stuffing; FF before anything else is a marker and ends the bits.</summary>
/// <param name="file">The whole file.</param>
/// <param name="position">First byte of the scan.</param>
/// <param name="source">Name for messages.</param>
internal sealed class JpegBits(byte[] file, int position, string source)
{
    private ulong buffer;
    private int available;
    private int invented;

    /// <summary>Where the next unread byte or marker is.</summary>
    public int Position => position;

    /// <summary>The next bits without taking them; zeros beyond the end.</summary>
    public int Peek(int count)
    {
        while (available < count)
        {
            buffer = (buffer << 8) | NextByte();
            available += 8;
        }

        return (int)((buffer >> (available - count)) & ((1UL << count) - 1));
    }

    /// <summary>Takes bits that were peeked at.</summary>
    /// <exception cref="UserErrorException">They are beyond the end.</exception>
    public void Skip(int count)
    {
        available -= count;
        if (available < invented)
        {
            throw Fault("an end within a scan (it looks truncated)");
        }
    }

    /// <summary>Takes an unsigned number.</summary>
    public int Read(int count)
    {
        if (count == 0)
        {
            return 0;
        }

        var value = Peek(count);
        Skip(count);
        return value;
    }

    /// <summary>Takes a number as T.81 writes signed ones: the lower half of the range stands for negative values.</summary>
    public int Signed(int count)
    {
        var value = Read(count);
        return count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /// <summary>Passes a restart marker, dropping the bits before it.</summary>
    /// <exception cref="UserErrorException">There is no restart marker.</exception>
    public void Restart()
    {
        (buffer, available, invented) = (0, 0, 0);
        while (position + 1 < file.Length && file[position] == 0xff && file[position + 1] == 0xff)
        {
            position++;
        }

        if (position + 1 >= file.Length || file[position] != 0xff || file[position + 1] is < 0xd0 or > 0xd7)
        {
            throw Fault("no restart marker where one belongs");
        }

        position += 2;
    }

    /// <summary>An error at this place.</summary>
    public UserErrorException Fault(string seen) => DataError.Damaged(source, $"{seen} at byte {position}", "an intact JPEG file");

    private byte NextByte()
    {
        if (position >= file.Length || (file[position] == 0xff && (position + 1 >= file.Length || file[position + 1] != 0)))
        {
            invented += 8;
            return 0;
        }

        var value = file[position++];
        position += value == 0xff ? 1 : 0;
        return value;
    }
}
