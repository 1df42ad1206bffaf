using System.Buffers.Binary;
using System.Text;

namespace NeuroTrails.Tests.Checkpoints;

/// <summary>One event of a TensorBoard file.</summary>
/// <param name="Step">The step.</param>
/// <param name="WallTime">Seconds since 1970.</param>
/// <param name="Version">What the first event of a file says.</param>
/// <param name="Session">Status of a session's mark; 1 is its start.</param>
/// <param name="Scalars">Tags and values.</param>
internal sealed record EventRecord(long Step, double WallTime, string? Version, long? Session, IReadOnlyDictionary<string, float> Scalars);

/// <summary>Reads event files as TensorBoard does, by the published formats alone: TFRecord with both checksums, protobuf.</summary>
internal static class EventFile
{
    /// <summary>Events of all files of a folder, by name.</summary>
    public static List<EventRecord> ReadFolder(string folder) =>
        [
            .. Directory
                .GetFiles(folder)
                .Where(path => Path.GetFileName(path).Contains("tfevents", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .SelectMany(path => Read(File.ReadAllBytes(path))),
        ];

    /// <summary>Events of a file, whose checksums have to hold.</summary>
    public static List<EventRecord> Read(byte[] bytes)
    {
        var events = new List<EventRecord>();
        for (var at = 0; at < bytes.Length; )
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var body = bytes.AsSpan(at + 12, length);
            Assert.Equal(Masked(body), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(Event(body));
            at += length + 16;
        }

        return events;
    }

    /// <summary>CRC-32C bit by bit, masked.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static EventRecord Event(ReadOnlySpan<byte> message)
    {
        var (step, time, version, session) = (0L, 0.0, (string?)null, (long?)null);
        var scalars = new Dictionary<string, float>();
        foreach (var (field, number, bytes) in Fields(message))
        {
            switch (field)
            {
                case 1:
                    time = BitConverter.UInt64BitsToDouble(number);
                    break;
                case 2:
                    step = (long)number;
                    break;
                case 3:
                    version = Encoding.UTF8.GetString(bytes);
                    break;
                case 5:
                    foreach (var value in Fields(bytes))
                    {
                        var parts = Fields(value.Bytes).ToDictionary(part => part.Field);
                        scalars.Add(Encoding.UTF8.GetString(parts[1].Bytes), BitConverter.UInt32BitsToSingle((uint)parts[2].Number));
                    }

                    break;
                case 7:
                    session = (long)Fields(bytes).Single(part => part.Field == 1).Number;
                    break;
                default:
                    Assert.Fail($"Field {field}");
                    break;
            }
        }

        return new(step, time, version, session, scalars);
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, ulong, byte[])>();
        for (var at = 0; at < message.Length; )
        {
            var tag = Varint(message, ref at);
            var (number, bytes) = (0UL, Array.Empty<byte>());
            switch (tag & 7)
            {
                case 0:
                    number = Varint(message, ref at);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(message[at..]);
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    bytes = message.Slice(at, length).ToArray();
                    at += length;
                    break;
                default:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(message[at..]);
                    at += 4;
                    break;
            }

            fields.Add(((int)(tag >> 3), number, bytes));
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }
    }
}
