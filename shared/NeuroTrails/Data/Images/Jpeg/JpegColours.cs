namespace NeuroTrails.Data;

/// <summary>Turns the components of a JPEG frame into grey or red, green and blue.</summary>
internal static class JpegColours
{
    /// <summary>The image.</summary>
    /// <param name="frame">The frame with all coefficients.</param>
    /// <param name="table">Finds a quantisation table.</param>
    /// <param name="adobeTransform">What an Adobe mark says: 0 no transform, 1 luminance and colour differences, 2 the same with black; −1 without a mark.</param>
    public static DecodedImage Compose(JpegFrame frame, Func<int, ushort[]> table, int adobeTransform)
    {
        var planes = Array.ConvertAll(frame.Components, component => JpegPlane.Samples(component, table(component.Table), frame));
        var shape = new SampleShape(planes.Length == 1 ? 1 : 3, frame.Height, frame.Width);
        var pixels = new byte[shape.Length];
        var differences = planes.Length == 3 ? adobeTransform != 0 : adobeTransform == 2;
        for (var i = 0; i < shape.Plane; i++)
        {
            if (planes.Length == 1)
            {
                pixels[i] = Byte(planes[0][i]);
                continue;
            }

            var (red, green, blue) = (planes[0][i], planes[1][i], planes[2][i]);
            if (differences)
            {
                var (light, towardsBlue, towardsRed) = (red, green - 128, blue - 128);
                (red, green, blue) = (light + (1.402f * towardsRed), light - (0.344136f * towardsBlue) - (0.714136f * towardsRed), light + (1.772f * towardsBlue));
            }

            // Print colours are stored inverted by all programs that write them into JPEG: ink that is absent counts 255.
            var paper = planes.Length == 4 ? planes[3][i] / 255 : 1;
            pixels[i] = Byte(red * paper);
            pixels[shape.Plane + i] = Byte(green * paper);
            pixels[(2 * shape.Plane) + i] = Byte(blue * paper);
        }

        return new DecodedImage(shape, pixels);
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
