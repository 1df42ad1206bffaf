using System.Buffers.Binary;

namespace NeuroTrails.Tests.Data;

/// <summary>Takes JPEG files apart into segments and puts other markers between them.</summary>
internal static class JpegFile
{
    /// <summary>The same compressed data without its JFIF and Adobe markers, and with the given segments before everything else.</summary>
    public static byte[] With(string file, params byte[][] segments)
    {
        var bytes = Convert.FromBase64String(file);
        List<byte[]> kept = [];
        var position = 2;
        while (bytes[position + 1] is not 0xda)
        {
            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(position + 2));
            if (bytes[position + 1] is not (0xe0 or 0xee))
            {
                kept.Add(bytes[position..(position + length)]);
            }

            position += length;
        }

        return [0xff, 0xd8, .. segments.SelectMany(segment => segment), .. kept.SelectMany(segment => segment), .. bytes[position..]];
    }

    /// <summary>The marker that says JFIF 1.1: colour is YCbCr.</summary>
    public static byte[] Jfif() => Segment(0xe0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);

    /// <summary>Adobe's marker.</summary>
    /// <param name="transform">0: as stored (RGB, CMYK); 1: YCbCr; 2: YCCK.</param>
    public static byte[] Adobe(int transform) => Segment(0xee, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)transform]);

    /// <summary>An Exif marker with an orientation.</summary>
    public static byte[] Exif(int orientation, bool little) =>
        Segment(0xe1, [.. "Exif\0\0"u8, .. PngFile.Orientation(orientation, little)]);

    /// <summary>Gives the three components other names, in the frame and in the scan.</summary>
    public static byte[] Named(byte[] file, params byte[] names)
    {
        var renamed = (byte[])file.Clone();
        var (frame, scan) = (file.AsSpan().IndexOf([(byte)0xff, (byte)0xc0]), file.AsSpan().IndexOf([(byte)0xff, (byte)0xda]));
        for (var i = 0; i < names.Length; i++)
        {
            (renamed[frame + 10 + (3 * i)], renamed[scan + 5 + (2 * i)]) = (names[i], names[i]);
        }

        return renamed;
    }

    private static byte[] Segment(byte marker, byte[] data) =>
        [0xff, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];
}
