using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace NeuroTrails.Grains.Wire;

/// <summary>Writes tensor messages as raw bytes between silos. Inside a silo they are immutable and pass as references.</summary>
[RegisterSerializer]
public sealed class TensorMessageCodec : IFieldCodec<TensorMessage>
{
    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, TensorMessage? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }

        using var tensor = value!.Take();
        var bytes = new ArrayBufferWriter<byte>(checked((int)TensorWire.Measure(tensor)));
        TensorWire.Write(tensor, bytes);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(TensorMessage), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)bytes.WrittenCount);
        writer.Write(bytes.WrittenSpan);
    }

    /// <inheritdoc/>
    [return: MaybeNull]
    public TensorMessage ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
        {
            return ReferenceCodec.ReadReference<TensorMessage, TInput>(ref reader, field);
        }

        field.EnsureWireType(WireType.LengthPrefixed);
        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        var bytes = reader.ReadBytes(reader.ReadVarUInt32());
        var message = new TensorMessage(TensorWire.Read(new(bytes)), arrived: true);
        ReferenceCodec.RecordObject(reader.Session, message, placeholder);
        return message;
    }
}

/// <summary>Tensor messages are immutable: a copy is the message itself.</summary>
[RegisterCopier]
public sealed class TensorMessageCopier : IDeepCopier<TensorMessage>
{
    /// <inheritdoc/>
    public TensorMessage DeepCopy(TensorMessage input, CopyContext context) => input;
}
