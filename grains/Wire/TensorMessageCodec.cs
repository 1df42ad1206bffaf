using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace NeuroTrails.Grains.Wire;

/// <summary>Writes tensor messages between silos: small ones as raw bytes, the others as tickets to fetch them by. Inside a silo they are
/// immutable and pass as references.</summary>
[RegisterSerializer]
internal sealed class TensorMessageCodec(TensorLane? lane = null) : IFieldCodec<TensorMessage>
{
    // Bytes that a tensor inside a call may have; Orleans takes 100 MiB a message, everything in it together.
    public const int MostBytes = 64 << 20;

    private const byte Whole = 0;
    private const byte Ticket = 1;

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, TensorMessage? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }

        var (kind, bytes) = Encode(value!);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(TensorMessage), WireType.LengthPrefixed);
        writer.WriteVarUInt32(1 + (uint)bytes.Length);
        writer.WriteByte(kind);
        writer.Write(bytes.Span);
    }

    [return: MaybeNull]
    public TensorMessage ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
        {
            return ReferenceCodec.ReadReference<TensorMessage, TInput>(ref reader, field);
        }

        field.EnsureWireType(WireType.LengthPrefixed);
        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        var count = reader.ReadVarUInt32();
        var kind = reader.ReadByte();
        var bytes = new ReadOnlySequence<byte>(reader.ReadBytes(count - 1));
        var message = kind switch
        {
            Whole => new TensorMessage(Task.FromResult(TensorWire.Read(bytes))),
            Ticket when TensorOffers.Untrusted => throw new TensorFormatException(
                "A client offered a tensor for fetching; only silos may."
            ),
            Ticket when lane is not null => lane.Fetch(bytes),
            Ticket => throw new TensorFormatException("A tensor was offered for fetching to a process that is no cluster's silo."),
            _ => throw new TensorFormatException($"A tensor comes whole ({Whole}) or by ticket ({Ticket}); seen: {kind}."),
        };
        ReferenceCodec.RecordObject(reader.Session, message, placeholder);
        return message;
    }

    private (byte Kind, ReadOnlyMemory<byte> Bytes) Encode(TensorMessage message)
    {
        if (message.Offer is { } passedOn)
        {
            // The call reached a silo that its grain had left. Whoever has that grain now fetches the tensor from where it is; nobody here
            // will take it.
            message.Dispose();
            return (Ticket, passedOn);
        }

        using var tensor = message.Take();
        var size = TensorWire.Measure(tensor);
        if (lane is not null && size >= TensorLane.LeastBytes)
        {
            return (Ticket, lane.Offer(message));
        }

        if (size > MostBytes)
        {
            throw new InvalidOperationException(
                $"A tensor of {size} bytes does not fit into a call, which takes {MostBytes}. Seen: {tensor.dtype} "
                    + $"[{string.Join(", ", tensor.shape)}]."
            );
        }

        var bytes = new ArrayBufferWriter<byte>((int)size);
        TensorWire.Write(tensor, bytes);
        return (Whole, bytes.WrittenMemory);
    }
}

/// <summary>Tensor messages are immutable: a copy is the message itself.</summary>
[RegisterCopier]
internal sealed class TensorMessageCopier : IDeepCopier<TensorMessage>
{
    [return: NotNullIfNotNull(nameof(input))]
    public TensorMessage? DeepCopy(TensorMessage? input, CopyContext context) => input;
}
