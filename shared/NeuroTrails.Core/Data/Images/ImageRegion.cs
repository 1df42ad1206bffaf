namespace NeuroTrails.Data;

/// <summary>A rectangle of an image.</summary>
internal readonly record struct ImageRegion(int Top, int Left, int Height, int Width)
{
    // The largest centred rectangle of the target's proportions, shrunk to a share of its sides.
    public static ImageRegion Centre(SampleShape image, SampleShape target, double share)
    {
        var scale = share * Math.Min((double)image.Height / target.Height, (double)image.Width / target.Width);
        var height = Math.Clamp((int)Math.Round(target.Height * scale), 1, image.Height);
        var width = Math.Clamp((int)Math.Round(target.Width * scale), 1, image.Width);
        return new ImageRegion((image.Height - height) / 2, (image.Width - width) / 2, height, width);
    }

    // Scales this part of a stored image to a sample in [0, 1].
    public void Sample(DecodedImage image, Span<float> target, SampleShape shape)
    {
        var part = new float[Height * Width];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = 0; y < Height; y++)
            {
                var row = image.Pixels.AsSpan((channel * image.Shape.Plane) + ((Top + y) * image.Shape.Width) + Left, Width);
                for (var x = 0; x < Width; x++)
                {
                    part[(y * Width) + x] = row[x] / 255f;
                }
            }

            Scale(part, target.Slice(channel * shape.Plane, shape.Plane), shape);
        }
    }

    // Scales this part of a sample to the sample's own size.
    public void Sample(ReadOnlySpan<float> source, Span<float> target, SampleShape shape)
    {
        var part = new float[Height * Width];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = 0; y < Height; y++)
            {
                source.Slice((channel * shape.Plane) + ((Top + y) * shape.Width) + Left, Width).CopyTo(part.AsSpan(y * Width));
            }

            Scale(part, target.Slice(channel * shape.Plane, shape.Plane), shape);
        }
    }

    private void Scale(float[] part, Span<float> target, SampleShape shape)
    {
        if (Height == shape.Height && Width == shape.Width)
        {
            part.CopyTo(target);
        }
        else
        {
            BilinearResize.Plane(part, Height, Width, target, shape.Height, shape.Width);
        }
    }
}
