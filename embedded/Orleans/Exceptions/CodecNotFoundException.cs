namespace Orleans.Serialization;

/// <summary>A value cannot travel: its type is not marked as serialisable.</summary>
public sealed class CodecNotFoundException : Exception
{
    public CodecNotFoundException(string message)
        : base(message)
    {
    }
}
