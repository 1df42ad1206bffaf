using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuroTrails.Data;

/// <summary>What is in a gzip file: within a limit, and with the right word where it is damaged.</summary>
internal sealed class GzipContent(Stream file, ExpansionLimit limit) : ForwardStream
{
    // Header, an empty block, checksum and length: whatever is shorter was cut short, even if its last bytes are zeros.
    private const int LeastBytes = 20;
    private const int LengthBytes = 4;
    private readonly GZipStream _unpacked = new(file, CompressionMode.Decompress, leaveOpen: true);
    private long _expanded;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        int read;
        try
        {
            read = _unpacked.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            // .NET has one message for all that can be wrong.
            throw Damaged(GzipCheck.Fault(file) ?? "its compressed data are damaged", error);
        }

        limit.Add(read);
        _expanded += read;
        if (read == 0)
        {
            _ended = true;
            RequireWhole();
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    // .NET takes a file that was cut short for a whole one. The last four bytes tell the length; where they do not, it may still be several
    // files one after the other.
    private void RequireWhole()
    {
        Span<byte> stored = stackalloc byte[LengthBytes];
        file.Seek(-Math.Min(LengthBytes, file.Length), SeekOrigin.End);
        file.ReadAtLeast(stored, LengthBytes, throwOnEndOfStream: false);
        var isPlausible = file.Length >= LeastBytes && BinaryPrimitives.ReadUInt32LittleEndian(stored) == (uint)_expanded;
        if (!isPlausible && GzipCheck.Fault(file) is { } fault)
        {
            throw Damaged(fault, null);
        }
    }

    private UserErrorException Damaged(string fault, Exception? error) =>
        DataError.Damaged(limit.Source, fault, "an intact gzip file", error);
}
