namespace NeuroTrails.Data;

/// <summary>Pads with zeros (black) on all sides and cuts the original size out at a uniformly random place.</summary>
/// <param name="padding">Pixels a side, at least 1 and below the image's sides; 4 is usual for 32×32.</param>
public sealed class PadCrop(int padding) : IAugmentation
{
    /// <summary>Pixels added on each side.</summary>
    public int Padding => padding;

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> source, Span<float> target, SampleShape shape, ref CounterRandom random)
    {
        var down = random.NextInt32((2 * padding) + 1) - padding;
        var right = random.NextInt32((2 * padding) + 1) - padding;
        Shift(source, target, shape, down, right);
    }

    // Takes target[y, x] from source[y + down, x + right], zero outside.
    internal static void Shift(ReadOnlySpan<float> source, Span<float> target, SampleShape shape, int down, int right)
    {
        var (height, width) = (shape.Height, shape.Width);
        var first = Math.Clamp(-right, 0, width);
        var last = Math.Clamp(width - right, first, width);
        for (var row = 0; row < shape.Channels * height; row++)
        {
            var line = target.Slice(row * width, width);
            var from = (row % height) + down;
            if ((uint)from >= (uint)height)
            {
                line.Clear();
                continue;
            }

            line[..first].Clear();
            source.Slice(((row / height * height) + from) * width + first + right, last - first).CopyTo(line[first..]);
            line[last..].Clear();
        }
    }
}
