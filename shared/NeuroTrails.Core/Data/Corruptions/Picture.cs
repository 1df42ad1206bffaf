namespace NeuroTrails.Data.Corruptions;

/// <summary>An image of numbers, 0 (black) to 1, while it is changed.</summary>
internal sealed class Picture
{
    public Picture(ReadOnlySpan<byte> source, SampleShape shape)
    {
        (Shape, Values) = (shape, new float[source.Length]);
        for (var i = 0; i < source.Length; i++)
        {
            Values[i] = source[i] / 255f;
        }
    }

    public SampleShape Shape { get; }

    public int Height => Shape.Height;

    public int Width => Shape.Width;

    // Values [C, H, W].
    public float[] Values { get; }

    // How much larger than the images that the constants were chosen for; 1 for smaller ones, on which blurs of parts of a pixel would be
    // none.
    public double Scale => Math.Max(1, Math.Min(Height, Width) / 32.0);

    // One channel [H, W].
    public Span<float> Plane(int channel) => Values.AsSpan(channel * Shape.Plane, Shape.Plane);

    public void EachPlane(Func<float[], float[]> change)
    {
        for (var channel = 0; channel < Shape.Channels; channel++)
        {
            change(Plane(channel).ToArray()).CopyTo(Plane(channel));
        }
    }

    public void Clip()
    {
        foreach (ref var value in Values.AsSpan())
        {
            value = Math.Clamp(value, 0, 1);
        }
    }

    // Brightness [H, W], by the weights of ITU-R BT.601.
    public float[] Grey()
    {
        var grey = Plane(0).ToArray();
        for (var i = 0; Shape.Channels == 3 && i < grey.Length; i++)
        {
            grey[i] = (0.299f * Values[i]) + (0.587f * Values[Shape.Plane + i]) + (0.114f * Values[(2 * Shape.Plane) + i]);
        }

        return grey;
    }

    public void CopyTo(Span<byte> target)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            target[i] = (byte)Math.Clamp(MathF.Round(Values[i] * 255), 0, 255);
        }
    }
}
