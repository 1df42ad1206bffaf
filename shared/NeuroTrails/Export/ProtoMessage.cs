using Google.Protobuf;

namespace NeuroTrails.Export;

/// <summary>A message in protobuf's encoding, field by field. Complete before it becomes a field of another.</summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];
    private long _bytes;

    public long Bytes => _bytes;

    public ProtoMessage Add(int field, long value)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        });
        return Count(field, CodedOutputStream.ComputeInt64Size(value));
    }

    public ProtoMessage Add(int field, float value)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, WireFormat.WireType.Fixed32);
            output.WriteFloat(value);
        });
        return Count(field, sizeof(float));
    }

    public ProtoMessage Add(int field, double value)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, WireFormat.WireType.Fixed64);
            output.WriteDouble(value);
        });
        return Count(field, sizeof(double));
    }

    public ProtoMessage Add(int field, string value)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        });
        return Count(field, CodedOutputStream.ComputeStringSize(value));
    }

    public ProtoMessage Add(int field, byte[] value)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
        });
        return Count(field, (long)CodedOutputStream.ComputeLengthSize(value.Length) + value.Length);
    }

    public ProtoMessage Add(int field, ProtoMessage message)
    {
        // What is too long is refused before it is written.
        var length = (int)Math.Min(message._bytes, int.MaxValue);
        _fields.Add(output =>
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteLength(length);
            message.WriteTo(output);
        });
        return Count(field, CodedOutputStream.ComputeLengthSize(length) + message._bytes);
    }

    public void WriteTo(CodedOutputStream output) => _fields.ForEach(write => write(output));

    private ProtoMessage Count(int field, long bytes)
    {
        _bytes += CodedOutputStream.ComputeTagSize(field) + bytes;
        return this;
    }
}
