using System.Buffers.Binary;

namespace NeuroTrails.Data;

/// <summary>The markers between which a JPEG file's data lie. Decoders fill up what a progressive file lacks and say nothing, so its end is
/// looked for first.</summary>
internal static class JpegMarkers
{
    private const byte Start = 0xd8;
    private const byte End = 0xd9;
    private const byte Temporary = 0x01;
    private const byte FirstRestart = 0xd0;

    // Whether the marker that ends the image is there. Ends of images inside segments, such as thumbnails, do not count.
    public static bool ReachEnd(ReadOnlySpan<byte> file)
    {
        for (var position = 2; ; )
        {
            var next = file[position..].IndexOf((byte)0xff);
            position += next + 1;
            if (next < 0 || position >= file.Length)
            {
                return false;
            }

            switch (file[position])
            {
                case End:
                    return true;
                case 0xff:
                    break;
                case 0 or Temporary or (>= FirstRestart and <= Start):
                    position++;
                    break;
                default:
                    // A segment: its length counts itself.
                    var rest = file[(position + 1)..];
                    position += 1 + (rest.Length < 2 ? 2 : BinaryPrimitives.ReadUInt16BigEndian(rest));
                    if (position > file.Length)
                    {
                        return false;
                    }

                    break;
            }
        }
    }
}
