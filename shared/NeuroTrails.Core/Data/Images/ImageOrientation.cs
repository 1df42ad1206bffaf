using SkiaSharp;

namespace NeuroTrails.Data;

/// <summary>Turns an image as a camera stored it the way that a person would see it.</summary>
internal static class ImageOrientation
{
    /// <summary>Separates channels and applies an orientation.</summary>
    /// <param name="rgba">Pixels as stored, four bytes each, [H, W, 4].</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="channels">How many of the four are kept, the first ones.</param>
    /// <param name="origin">Where the image's upper left corner is stored.</param>
    /// <returns>The image, rows and columns exchanged where the orientation says so.</returns>
    public static DecodedImage Upright(ReadOnlySpan<byte> rgba, int height, int width, int channels, SKEncodedOrigin origin)
    {
        // The stored pixel of the upper left corner, and how far to go for the next column and the next row.
        var last = (height * width) - 1;
        var (first, across, down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => (last, -1, -width),
            SKEncodedOrigin.BottomLeft => (last - width + 1, 1, -width),
            SKEncodedOrigin.LeftTop => (0, width, 1),
            SKEncodedOrigin.RightTop => (last - width + 1, -width, 1),
            SKEncodedOrigin.RightBottom => (last, -width, -1),
            SKEncodedOrigin.LeftBottom => (width - 1, width, -1),
            _ => (0, 1, width),
        };
        var shape = origin < SKEncodedOrigin.LeftTop ? new SampleShape(channels, height, width) : new SampleShape(channels, width, height);
        var pixels = new byte[shape.Length];
        for (var y = 0; y < shape.Height; y++)
        {
            var from = first + (y * down);
            for (var x = 0; x < shape.Width; x++, from += across)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    pixels[(channel * shape.Plane) + (y * shape.Width) + x] = rgba[(4 * from) + channel];
                }
            }
        }

        return new DecodedImage(shape, pixels);
    }
}
