using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace NeuroTrails.Data;

/// <summary>Finds out what is wrong with a gzip file that did not unpack. Source: RFC 1952.</summary>
internal static class GzipCheck
{
    private const int HeaderCheck = 2;
    private const int Extra = 4;
    private const int Name = 8;
    private const int Comment = 16;
    private const string CutShort = "it ends too early: it was cut short";

    // What is wrong; null where nothing is, or what follows the last member is no gzip.
    public static string? Fault(Stream file)
    {
        file.Position = 0;
        var source = new SingleBytes(file);
        var start = new byte[10];
        for (var member = 0; ; member++)
        {
            var read = source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (member > 0 && (read < 2 || start[0] != 0x1f || start[1] != 0x8b))
            {
                return null;
            }

            if (read < start.Length || !SkipHeader(source, start[3]))
            {
                return CutShort;
            }

            if (start[2] != 8)
            {
                return $"its compression method {start[2]} is none that gzip has";
            }

            if (MemberFault(source) is { } fault)
            {
                return fault;
            }
        }
    }

    private static bool SkipHeader(SingleBytes source, byte flags)
    {
        if ((flags & Extra) != 0)
        {
            Span<byte> length = stackalloc byte[2];
            if (source.ReadAtLeast(length, 2, throwOnEndOfStream: false) < 2 || !Skip(BinaryPrimitives.ReadUInt16LittleEndian(length)))
            {
                return false;
            }
        }

        return ((flags & Name) == 0 || SkipText()) && ((flags & Comment) == 0 || SkipText()) && ((flags & HeaderCheck) == 0 || Skip(2));

        bool Skip(int count)
        {
            while (count > 0 && source.ReadByte() >= 0)
            {
                count--;
            }

            return count == 0;
        }

        bool SkipText()
        {
            int letter;
            do
            {
                letter = source.ReadByte();
            } while (letter > 0);
            return letter == 0;
        }
    }

    private static string? MemberFault(SingleBytes source)
    {
        var (checksum, length) = (new Crc32(), 0u);
        try
        {
            using var packed = new DeflateStream(source, CompressionMode.Decompress, leaveOpen: true);
            var buffer = new byte[1 << 16];
            for (int read; (read = packed.Read(buffer)) > 0; length += (uint)read)
            {
                checksum.Append(buffer.AsSpan(0, read));
            }
        }
        catch (InvalidDataException)
        {
            return "its compressed data are damaged";
        }

        Span<byte> end = stackalloc byte[8];
        if (source.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) < end.Length)
        {
            return CutShort;
        }

        var (storedCheck, storedLength) = (BinaryPrimitives.ReadUInt32LittleEndian(end), BinaryPrimitives.ReadUInt32LittleEndian(end[4..]));
        var check = checksum.GetCurrentHashAsUInt32();
        return storedCheck != check ? $"its checksum is wrong: the file says {storedCheck:x8}, what is in it has {check:x8}"
            : storedLength != length ? $"its length is wrong: the file says {storedLength} bytes, there are {length} in it"
            : null;
    }

    // One byte a call, so that a decompressor takes none beyond its own end.
    private sealed class SingleBytes(Stream file) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => file.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int ReadByte() => file.ReadByte();
    }
}
