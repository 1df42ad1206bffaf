namespace NeuroTrails.Data;

/// <summary>
/// Cuts out a part of random area and proportions (width over height from 3/4 to 4/3, uniform in the logarithm) and scales it to the
/// sample's size. From image folders the part is cut from the image as stored. After ten parts that do not fit, the centre is taken
/// (Szegedy et al. 2015, as torchvision does it).
/// </summary>
/// <param name="smallest">Smallest share of the area, above 0, at most 1; 0.08 is usual for ImageNet.</param>
public sealed class RandomResizedCrop(double smallest) : IAugmentation
{
    private const int Tries = 10;
    private const double Narrowest = 3.0 / 4.0;

    /// <summary>Smallest share of the area.</summary>
    public double Smallest => smallest;

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> source, Span<float> target, SampleShape shape, ref CounterRandom random) =>
        Region(shape, ref random).Sample(source, target, shape);

    // Cuts from an image of any size.
    internal void Apply(DecodedImage image, Span<float> target, SampleShape shape, ref CounterRandom random) =>
        Region(image.Shape, ref random).Sample(image, target, shape);

    internal ImageRegion Region(SampleShape image, ref CounterRandom random)
    {
        for (var i = 0; i < Tries; i++)
        {
            var area = image.Plane * random.NextBetween(smallest, 1);
            var ratio = Math.Exp(random.NextBetween(Math.Log(Narrowest), -Math.Log(Narrowest)));
            var (height, width) = ((int)Math.Round(Math.Sqrt(area / ratio)), (int)Math.Round(Math.Sqrt(area * ratio)));
            if (height >= 1 && height <= image.Height && width >= 1 && width <= image.Width)
            {
                return new ImageRegion(
                    random.NextInt32(image.Height - height + 1),
                    random.NextInt32(image.Width - width + 1),
                    height,
                    width
                );
            }
        }

        // The whole, but no wider or higher than the proportions allow.
        var (rows, columns) = (
            Math.Min(image.Height, (int)Math.Round(image.Width / Narrowest)),
            Math.Min(image.Width, (int)Math.Round(image.Height / Narrowest))
        );
        return new ImageRegion((image.Height - rows) / 2, (image.Width - columns) / 2, rows, columns);
    }
}
