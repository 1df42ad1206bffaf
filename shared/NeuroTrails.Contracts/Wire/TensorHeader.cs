using System.Buffers;
using System.Buffers.Binary;

namespace NeuroTrails.Contracts.Wire;

/// <summary>
/// What precedes a tensor's bytes on the wire, little-endian: <c>NTT1</c>, type, rank, then for each dimension of the memory its extent
/// (int64) and the dimension of the tensor that it is (one byte). Channels-last tensors thus keep
/// their layout: strides follow from order and extents.
/// </summary>
internal sealed record TensorHeader(byte Type, IReadOnlyList<long> Extents, IReadOnlyList<byte> Dimensions)
{
    public const int MaxRank = 8;

    private const uint Magic = 0x3154544E;
    private const int FixedBytes = 6;
    private const int BytesPerDimension = 9;

    // 0 uint8, 4 int64, 5 float16, 6 float32, 7 float64, 11 bool, 15 bfloat16; absent for types that messages do not carry.
    public static int? ElementBytes(byte type) =>
        type switch
        {
            0 or 11 => 1,
            5 or 15 => 2,
            6 => 4,
            4 or 7 => 8,
            _ => null,
        };

    public int HeaderBytes => FixedBytes + (BytesPerDimension * Extents.Count);

    public long DataBytes => Extents.Aggregate((long)(ElementBytes(Type) ?? 0), (product, extent) => checked(product * extent));

    public void Write(IBufferWriter<byte> writer)
    {
        var span = writer.GetSpan(HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(span, Magic);
        span[4] = Type;
        span[5] = (byte)Extents.Count;
        for (var i = 0; i < Extents.Count; i++)
        {
            var at = FixedBytes + (BytesPerDimension * i);
            BinaryPrimitives.WriteInt64LittleEndian(span[at..], Extents[i]);
            span[at + 8] = Dimensions[i];
        }

        writer.Advance(HeaderBytes);
    }

    // Reads the header of a whole message; everything in it is checked, and the size of what must follow is known before anything is
    // allocated.
    public static TensorHeader Read(ReadOnlySequence<byte> bytes)
    {
        var header = ReadAlone(bytes);
        var data = header.DataBytes;
        return data == bytes.Length - header.HeaderBytes
            ? header
            : throw new TensorFormatException(
                $"A tensor message of extents [{string.Join(", ", header.Extents)}] has {data} bytes behind its header; seen: "
                    + $"{bytes.Length - header.HeaderBytes}."
            );
    }

    // Reads a header whose elements come by another way.
    public static TensorHeader ReadAlone(ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[FixedBytes + (BytesPerDimension * MaxRank)];
        start = start[..(int)Math.Min(start.Length, bytes.Length)];
        bytes.Slice(0, start.Length).CopyTo(start);
        if (start.Length < FixedBytes || BinaryPrimitives.ReadUInt32LittleEndian(start) != Magic)
        {
            throw new TensorFormatException($"A tensor message begins with NTT1, type and rank; seen: {bytes.Length} bytes that do not.");
        }

        var (type, rank) = (start[4], start[5]);
        if (ElementBytes(type) is null || rank > MaxRank || start.Length < FixedBytes + (BytesPerDimension * rank))
        {
            throw new TensorFormatException(
                $"A tensor message has a known type and at most {MaxRank} dimensions; seen: type {type}, {rank} dimensions, "
                    + $"{bytes.Length} bytes."
            );
        }

        var (extents, dimensions) = (new long[rank], new byte[rank]);
        for (var i = 0; i < rank; i++)
        {
            var at = FixedBytes + (BytesPerDimension * i);
            extents[i] = BinaryPrimitives.ReadInt64LittleEndian(start[at..]);
            dimensions[i] = start[at + 8];
        }

        var header = new TensorHeader(type, extents, dimensions);
        header.Check();
        return header;
    }

    private void Check()
    {
        if (
            !Dimensions.Order().Select(dimension => (int)dimension).SequenceEqual(Enumerable.Range(0, Dimensions.Count))
            || Extents.Any(extent => extent < 0)
        )
        {
            throw new TensorFormatException(
                $"A tensor message names each dimension once, with an extent of at least 0; seen: dimensions "
                    + $"[{string.Join(", ", Dimensions)}], extents [{string.Join(", ", Extents)}]."
            );
        }

        try
        {
            _ = DataBytes;
        }
        catch (OverflowException fault)
        {
            throw new TensorFormatException($"A tensor message of extents [{string.Join(", ", Extents)}] is not addressable.", fault);
        }
    }
}
