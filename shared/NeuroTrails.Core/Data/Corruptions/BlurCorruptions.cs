namespace NeuroTrails.Data.Corruptions;

/// <summary>Blurs.</summary>
internal static class BlurCorruptions
{
    private static readonly (double Radius, double Softness)[] Discs = [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)];
    private static readonly (double Deviation, int Reach, int Rounds)[] Panes =
    [
        (0.05, 1, 1),
        (0.25, 1, 1),
        (0.4, 1, 1),
        (0.25, 1, 2),
        (0.4, 1, 2),
    ];
    private static readonly (double Radius, double Deviation)[] Motions = [(6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)];

    // Enlargements by 1.00, 1.01, … of each severity.
    private static readonly int[] Zooms = [6, 11, 16, 21, 26];

    public static void Defocus(Picture picture, int severity, ref CounterRandom random)
    {
        var (radius, softness) = Discs[severity - 1];
        radius *= picture.Scale;
        var soft = radius <= 8 ? 1 : 2;
        var half = (int)Math.Ceiling(radius) + soft;
        var side = (2 * half) + 1;
        var disc = new float[side * side];
        for (var i = 0; i < disc.Length; i++)
        {
            var (y, x) = ((i / side) - half, (i % side) - half);
            disc[i] = (y * y) + (x * x) <= radius * radius ? 1 : 0;
        }

        // The rim is softened, so that a radius of less than a pixel is a blur, too.
        var rim = Filters.Kernel(soft, softness * picture.Scale);
        float[] square = [.. rim.SelectMany(down => rim.Select(right => down * right))];
        var kernel = Filters.Square(disc, side, side, square, soft);
        var sum = kernel.Sum();
        kernel = Array.ConvertAll(kernel, weight => weight / sum);
        picture.EachPlane(plane => Filters.Square(plane, picture.Height, picture.Width, kernel, half));
    }

    public static void Glass(Picture picture, int severity, ref CounterRandom random)
    {
        var (deviation, _, rounds) = Panes[severity - 1];
        deviation *= picture.Scale;
        var reach = Math.Max(1, (int)Math.Round(Panes[severity - 1].Reach * picture.Scale));
        var (height, width) = (picture.Height, picture.Width);
        picture.EachPlane(plane => Filters.Gaussian(plane, height, width, deviation, 4));
        for (var round = 0; round < rounds; round++)
        {
            for (var y = height - reach; y > reach; y--)
            {
                for (var x = width - reach; x > reach; x--)
                {
                    var other = ((y - reach + random.NextInt32(2 * reach)) * width) + x - reach + random.NextInt32(2 * reach);
                    for (var channel = 0; channel < picture.Shape.Channels; channel++)
                    {
                        var plane = picture.Plane(channel);
                        (plane[(y * width) + x], plane[other]) = (plane[other], plane[(y * width) + x]);
                    }
                }
            }
        }

        picture.EachPlane(plane => Filters.Gaussian(plane, height, width, deviation, 4));
    }

    public static void Motion(Picture picture, int severity, ref CounterRandom random)
    {
        var (radius, deviation) = Motions[severity - 1];
        var (scale, angle) = (picture.Scale, random.NextBetween(-45, 45));
        picture.EachPlane(plane => Filters.Motion(plane, picture.Height, picture.Width, radius * scale, deviation * scale, angle));
    }

    public static void Zoom(Picture picture, int severity, ref CounterRandom random)
    {
        var (height, width) = (picture.Height, picture.Width);
        var (middle, centre) = ((height - 1) / 2.0, (width - 1) / 2.0);
        var zooms = Zooms[severity - 1];
        picture.EachPlane(plane =>
        {
            var result = new float[plane.Length];
            for (var i = 0; i < plane.Length; i++)
            {
                var (y, x) = ((i / width) - middle, (i % width) - centre);
                var sum = plane[i];
                for (var zoom = 0; zoom < zooms; zoom++)
                {
                    var factor = 1 + (0.01 * zoom);
                    sum += Filters.Sample(plane, height, width, middle + (y / factor), centre + (x / factor));
                }

                result[i] = sum / (zooms + 1);
            }

            return result;
        });
    }
}
