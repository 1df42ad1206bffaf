namespace NeuroTrails.Data;

/// <summary>An image of any size, one byte a value.</summary>
/// <param name="Shape">1 (grey) or 3 (red, green, blue) channels, height, width.</param>
/// <param name="Pixels">Values, [C, H, W].</param>
public sealed record DecodedImage(SampleShape Shape, byte[] Pixels)
{
    /// <summary>The same image with one or three channels. Grey is copied to all three; colour
    /// becomes grey by the weights of ITU-R BT.601.</summary>
    /// <param name="channels">1 or 3.</param>
    /// <returns>This image where it fits already.</returns>
    public DecodedImage WithChannels(int channels)
    {
        if (channels == Shape.Channels)
        {
            return this;
        }

        var plane = Shape.Plane;
        var shape = Shape with { Channels = channels };
        if (channels == 3)
        {
            return new DecodedImage(shape, [.. Pixels, .. Pixels, .. Pixels]);
        }

        var grey = new byte[plane];
        for (var i = 0; i < plane; i++)
        {
            grey[i] = (byte)(((299 * Pixels[i]) + (587 * Pixels[plane + i]) + (114 * Pixels[(2 * plane) + i]) + 500) / 1000);
        }

        return new DecodedImage(shape, grey);
    }
}
