using NeuroTrails.Files;

namespace NeuroTrails.Data;

/// <summary>Opens data files, gzip or plain, and reads them without trusting what their headers promise.</summary>
internal static class DataFile
{
    // The most bytes that one compressed file (gz, tar.gz, npz) may expand to, all that is read of it together. A plain file has no such
    // limit.
    public const long MostExpanded = 1L << 31;

    // The same for tables, which take several times as much once they are numbers.
    public const long MostExpandedText = 1L << 28;

    // Largest piece allocated ahead of the bytes that fill it: a header that lies costs this much and no more.
    private const int Piece = 1 << 22;

    // Opens a file; gzip is known by its first two bytes, not by the name.
    public static Stream Open(string path, long mostExpanded = MostExpanded)
    {
        try
        {
            return Unpack(RegularFile.OpenRead(path), path, mostExpanded);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataError.Damaged(path, "it cannot be opened: " + error.Message, "a readable file", error);
        }
    }

    public static Stream Unpack(Stream seekable, string source, long mostExpanded = MostExpanded)
    {
        Span<byte> magic = stackalloc byte[2];
        var packed = seekable.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        seekable.Position = 0;
        return packed ? new GzipContent(seekable, new ExpansionLimit(source, mostExpanded)) : seekable;
    }

    public static byte[] ReadExactly(Stream stream, long count, string source, string what)
    {
        if (count < 0 || count > Array.MaxLength)
        {
            throw DataError.Damaged(source, $"{what} of {count} bytes", $"at most {Array.MaxLength} bytes");
        }

        var bytes = new byte[Math.Min(count, Piece)];
        var filled = 0;
        while (filled < count)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(count, Math.Min(2L * bytes.Length, Array.MaxLength)));
            }

            var read = Read(stream, bytes.AsSpan(filled), source);
            if (read == 0)
            {
                throw DataError.Damaged(
                    source,
                    $"the file ends after {filled} of {count} bytes of {what}",
                    "the whole file (it looks truncated)"
                );
            }

            filled += read;
        }

        return bytes;
    }

    public static byte[] ReadToEnd(Stream stream, long limit, string source)
    {
        var bytes = new byte[1 << 16];
        var filled = 0;
        while (true)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, Array.MaxLength));
            }

            var read = Read(stream, bytes.AsSpan(filled), source);
            if (read == 0)
            {
                Array.Resize(ref bytes, filled);
                return bytes;
            }

            filled += read;
            if (filled > limit)
            {
                throw DataError.Damaged(source, $"more than {limit} bytes", $"at most {limit} bytes");
            }
        }
    }

    public static void RequireEnd(Stream stream, string source, string what)
    {
        Span<byte> one = stackalloc byte[1];
        if (Read(stream, one, source) != 0)
        {
            throw DataError.Damaged(source, $"more bytes follow {what}", "nothing after it");
        }
    }

    private static int Read(Stream stream, Span<byte> target, string source)
    {
        try
        {
            return stream.Read(target);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw DataError.Damaged(source, "it cannot be read or decompressed: " + error.Message, "an intact file", error);
        }
    }
}
