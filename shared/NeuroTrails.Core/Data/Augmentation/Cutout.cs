namespace NeuroTrails.Data;

/// <summary>
/// Blanks a square at a uniformly random place, part of which may lie outside (DeVries and Taylor 2017, arXiv 1708.04552). Applied after
/// normalising, so that the blank is the mean colour.
/// </summary>
/// <param name="side">Pixels a side, at least 1; 16 is usual for CIFAR-10, 8 for CIFAR-100.</param>
public sealed class Cutout(int side)
{
    /// <summary>Pixels a side.</summary>
    public int Side => side;

    /// <summary>Blanks in place.</summary>
    /// <param name="sample">The normalised sample, [C, H, W].</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="random">Generator of this sample in this epoch.</param>
    public void Apply(Span<float> sample, SampleShape shape, ref CounterRandom random)
    {
        var top = random.NextInt32(shape.Height) - (side / 2);
        var left = random.NextInt32(shape.Width) - (side / 2);
        var (firstRow, lastRow) = (Math.Max(top, 0), Math.Min(top + side, shape.Height));
        var (first, last) = (Math.Max(left, 0), Math.Min(left + side, shape.Width));
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var row = firstRow; row < lastRow; row++)
            {
                sample.Slice((((channel * shape.Height) + row) * shape.Width) + first, last - first).Clear();
            }
        }
    }
}
