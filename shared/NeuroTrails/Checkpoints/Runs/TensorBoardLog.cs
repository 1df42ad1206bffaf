using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using NeuroTrails.Export;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// Scalars as TensorBoard reads them: event files of framed protobuf messages (TFRecord: length, its CRC, message, its CRC). Each sitting
/// of a run writes a file of its own.
/// </summary>
internal sealed class TensorBoardLog : IDisposable
{
    private const string Prefix = "events.out.tfevents.";
    private const string Suffix = ".neurotrails";
    private const int HeadBytes = sizeof(ulong) + sizeof(uint);
    private const int SessionStart = 1;
    private readonly AppendedFile _file;
    private readonly string _path;
    private readonly TimeProvider _time;

    // Begins a file after a step, and tells TensorBoard to forget what it may have read of later ones.
    public TensorBoardLog(string folder, long step, TimeProvider time)
    {
        _time = time;
        // By name in the order of time, which is the order in which TensorBoard reads.
        _path = Path.Combine(
            folder,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Prefix}{time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0:0000000000.000}{Suffix}"
            )
        );
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (StorageFaults.Explain(fault, folder) is { } error)
        {
            throw error;
        }

        _file = new(_path);
        Append(Event(0).Add(3, "brain.Event:2"));
        Append(Event(step + 1).Add(7, new ProtoMessage().Add(1, SessionStart)));
    }

    public void Add(long step, IEnumerable<(string Tag, double Value)> scalars)
    {
        var summary = new ProtoMessage();
        foreach (var (tag, value) in scalars)
        {
            summary.Add(1, new ProtoMessage().Add(1, tag).Add(2, (float)value));
        }

        Append(Event(step).Add(5, summary));
    }

    public void Dispose() => _file.Dispose();

    // Before a run goes on from a checkpoint: cuts events of later steps, which will be written again, and torn or damaged ones, off the
    // end of every file that runs have written there.
    public static void TruncateAfter(string folder, long step)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, $"{Prefix}*{Suffix}") : [])
        {
            try
            {
                using var stream = RegularFile.OpenOrCreate(path);
                var end = EndAt(stream, step);
                if (end < stream.Length)
                {
                    // In place: a TensorBoard that is reading the file would not notice another of its name.
                    stream.SetLength(end);
                }
            }
            catch (Exception fault) when (StorageFaults.Explain(fault, path) is { } error)
            {
                throw error;
            }
        }
    }

    // CRC-32C, rotated and displaced, as TFRecord has it: of data that hold checksums themselves it is no weak one.
    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private ProtoMessage Event(long step) => new ProtoMessage().Add(1, _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0).Add(2, step);

    private void Append(ProtoMessage message)
    {
        var length = (int)message.Bytes;
        var record = new byte[HeadBytes + length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedCrc(record.AsSpan(0, sizeof(ulong))));
        using (var output = new CodedOutputStream(new MemoryStream(record, HeadBytes, length)))
        {
            message.WriteTo(output);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadBytes + length), MaskedCrc(record.AsSpan(HeadBytes, length)));
        try
        {
            _file.Append(record);
        }
        catch (IOException fault) when (StorageFaults.Explain(fault, _path, record.Length) is { } error)
        {
            throw error;
        }
    }

    // Where the last event ends before which all are whole and of no later step. The mark of a sitting is one of the step that it begins
    // with, and goes with it.
    private static long EndAt(Stream stream, long step)
    {
        var head = new byte[HeadBytes];
        for (var end = 0L; ; end = stream.Position)
        {
            if (stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) < HeadBytes)
            {
                return end;
            }

            var length = BinaryPrimitives.ReadUInt64LittleEndian(head);
            if (
                MaskedCrc(head.AsSpan(0, sizeof(ulong))) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(sizeof(ulong)))
                || length > (ulong)(stream.Length - stream.Position)
            )
            {
                return end;
            }

            var body = new byte[(int)length + sizeof(uint)];
            if (
                stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length
                || MaskedCrc(body.AsSpan(0, (int)length)) != BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan((int)length))
                || StepOf(body, (int)length) > step
            )
            {
                return end;
            }
        }
    }

    private static long StepOf(byte[] message, int length)
    {
        using var input = new CodedInputStream(message, 0, length);
        var step = 0L;
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == 2)
            {
                step = input.ReadInt64();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return step;
    }
}
