using SkiaSharp;

namespace NeuroTrails.Data.Corruptions;

/// <summary>What cameras and computers do.</summary>
internal static class DigitalCorruptions
{
    private static readonly float[] Light = [0.05f, 0.1f, 0.15f, 0.2f, 0.3f];
    private static readonly float[] Contrasts = [0.75f, 0.5f, 0.4f, 0.3f, 0.15f];

    // In shares of the shorter side.
    private static readonly (double Amount, double Deviation, double Affine)[] Elastics =
    [
        (0, 0, 0.08),
        (0.05, 0.2, 0.07),
        (0.08, 0.06, 0.06),
        (0.1, 0.04, 0.05),
        (0.1, 0.03, 0.03),
    ];
    private static readonly double[] Sizes = [0.95, 0.9, 0.85, 0.75, 0.65];
    private static readonly int[] Qualities = [80, 65, 58, 50, 40];

    public static void Brightness(Picture picture, int severity, ref CounterRandom random)
    {
        var plane = picture.Shape.Plane;
        for (var i = 0; i < plane; i++)
        {
            // The value of HSV; hue and saturation stay, so colours are multiplied, and black becomes grey.
            var brightest = picture.Values[i];
            for (var at = i + plane; at < picture.Values.Length; at += plane)
            {
                brightest = Math.Max(brightest, picture.Values[at]);
            }

            var target = Math.Min(1, brightest + Light[severity - 1]);
            for (var at = i; at < picture.Values.Length; at += plane)
            {
                picture.Values[at] = brightest > 0 ? picture.Values[at] * target / brightest : target;
            }
        }
    }

    public static void Contrast(Picture picture, int severity, ref CounterRandom random) =>
        picture.EachPlane(plane =>
        {
            var mean = (float)plane.Average(value => (double)value);
            return Array.ConvertAll(plane, value => ((value - mean) * Contrasts[severity - 1]) + mean);
        });

    public static void Elastic(Picture picture, int severity, ref CounterRandom random)
    {
        var (amount, deviation, affine) = Elastics[severity - 1];
        var (height, width, side) = (picture.Height, picture.Width, Math.Min(picture.Height, picture.Width));
        var map = Affine(height, width, affine * side, ref random);
        var (down, right) = (new float[height * width], new float[height * width]);
        for (var i = 0; i < down.Length; i++)
        {
            (down[i], right[i]) = ((float)random.NextBetween(-1, 1), (float)random.NextBetween(-1, 1));
        }

        down = Filters.Gaussian(down, height, width, deviation * side, 3);
        right = Filters.Gaussian(right, height, width, deviation * side, 3);
        picture.EachPlane(plane =>
        {
            var result = new float[plane.Length];
            for (var i = 0; i < plane.Length; i++)
            {
                var (y, x) = map((i / width) + (amount * side * down[i]), (i % width) + (amount * side * right[i]));
                result[i] = Filters.Sample(plane, height, width, y, x);
            }

            return result;
        });
    }

    public static void Pixelate(Picture picture, int severity, ref CounterRandom random)
    {
        var (height, width) = (picture.Height, picture.Width);
        var rows = Math.Max(1, (int)(height * Sizes[severity - 1]));
        var columns = Math.Max(1, (int)(width * Sizes[severity - 1]));
        var (down, across) = (Shares(height, rows), Shares(width, columns));
        picture.EachPlane(plane =>
        {
            var small = new float[rows * columns];
            for (var i = 0; i < small.Length; i++)
            {
                foreach (var (y, tall) in down[i / columns])
                {
                    foreach (var (x, wide) in across[i % columns])
                    {
                        small[i] += tall * wide * plane[(y * width) + x];
                    }
                }
            }

            for (var i = 0; i < plane.Length; i++)
            {
                var (y, x) = ((((2 * (i / width)) + 1) * rows) / (2 * height), (((2 * (i % width)) + 1) * columns) / (2 * width));
                plane[i] = small[(y * columns) + x];
            }

            return plane;
        });
    }

    public static unsafe void Jpeg(Picture picture, int severity, ref CounterRandom random)
    {
        var (shape, plane) = (picture.Shape, picture.Shape.Plane);
        var values = new byte[shape.Length];
        picture.CopyTo(values);
        var isGrey = shape.Channels == 1;
        var pixels = isGrey ? values : new byte[plane * 4];
        for (var i = 0; !isGrey && i < plane; i++)
        {
            (pixels[4 * i], pixels[(4 * i) + 1]) = (values[i], values[plane + i]);
            (pixels[(4 * i) + 2], pixels[(4 * i) + 3]) = (values[(2 * plane) + i], 255);
        }

        fixed (byte* start = pixels)
        {
            var info = new SKImageInfo(shape.Width, shape.Height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
            using var map = new SKPixmap(info, (nint)start, info.RowBytes);
            using var file =
                map.Encode(SKEncodedImageFormat.Jpeg, Qualities[severity - 1])
                ?? throw new UserErrorException($"Images of {shape} do not fit in a JPEG, whose sides go to 65,535 pixels.");
            var read = new SkiaDecoder().Decode(file.ToArray(), "the JPEG of a sample").WithChannels(shape.Channels);
            new Picture(read.Pixels, shape).Values.CopyTo(picture.Values, 0);
        }
    }

    // Three points about the centre are moved; where a pixel of the result comes from follows from them.
    private static Func<double, double, (double Y, double X)> Affine(int height, int width, double reach, ref CounterRandom random)
    {
        var (cy, cx, arm) = (height / 2, width / 2, Math.Max(1, Math.Min(height, width) / 3));
        (double Y, double X)[] old = [(cy + arm, cx + arm), (cy - arm, cx + arm), (cy - arm, cx - arm)];
        var moved = new (double Y, double X)[3];
        for (var i = 0; i < 3; i++)
        {
            moved[i] = (old[i].Y + random.NextBetween(-reach, reach), old[i].X + random.NextBetween(-reach, reach));
        }

        var (ay, ax) = (moved[1].Y - moved[0].Y, moved[1].X - moved[0].X);
        var (by, bx) = (moved[2].Y - moved[0].Y, moved[2].X - moved[0].X);
        var area = (ay * bx) - (ax * by);
        return (y, x) =>
        {
            var (dy, dx) = (y - moved[0].Y, x - moved[0].X);
            var (a, b) = (((dy * bx) - (dx * by)) / area, ((ay * dx) - (ax * dy)) / area);
            return (
                old[0].Y + (a * (old[1].Y - old[0].Y)) + (b * (old[2].Y - old[0].Y)),
                old[0].X + (a * (old[1].X - old[0].X)) + (b * (old[2].X - old[0].X))
            );
        };
    }

    // The inputs that each output covers, and the share of it that they cover.
    private static (int At, float Share)[][] Shares(int from, int to) =>
        [
            .. Enumerable
                .Range(0, to)
                .Select(i =>
                {
                    var (start, end) = ((double)i * from / to, (i + 1.0) * from / to);
                    return Enumerable
                        .Range((int)start, Math.Min(from, (int)Math.Ceiling(end)) - (int)start)
                        .Select(at => (at, (float)((Math.Min(end, at + 1) - Math.Max(start, at)) / (end - start))))
                        .ToArray();
                }),
        ];
}
