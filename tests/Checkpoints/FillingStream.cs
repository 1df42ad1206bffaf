namespace NeuroTrails.Tests.Checkpoints;

/// <summary>A file in memory on a disk with so much room: of a write that does not fit, the disk takes the first part.</summary>
internal sealed class FillingStream(long room) : MemoryStream
{
    /// <summary>Bytes that the disk takes in all; a test may make room.</summary>
    public long Room { get; set; } = room;

    public string Text => System.Text.Encoding.UTF8.GetString(ToArray());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var fits = (int)Math.Clamp(Room - Length, 0, buffer.Length);
        base.Write(buffer[..fits]);
        if (fits < buffer.Length)
        {
            throw new IOException("No space left on device", 28);
        }
    }
}
