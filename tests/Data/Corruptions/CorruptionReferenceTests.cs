using NeuroTrails.Data;
using NeuroTrails.Data.Corruptions;

namespace NeuroTrails.Tests.Data.Corruptions;

/// <summary>The simple corruptions against the shortest program for each, and noise against its distribution.</summary>
public sealed class CorruptionReferenceTests
{
    private static readonly double[] Light = [0.05, 0.1, 0.15, 0.2, 0.3];
    private static readonly double[] Contrasts = [0.75, 0.5, 0.4, 0.3, 0.15];
    private static readonly double[] Sizes = [0.95, 0.9, 0.85, 0.75, 0.65];

    [Fact]
    public void Contrast_moves_values_to_their_channels_mean() =>
        ForManyImages(
            (image, shape, severity) =>
            {
                var found = CorruptionTests.Corrupt(Corruption.Contrast, severity, image, shape);
                for (var i = 0; i < image.Length; i++)
                {
                    var mean = image.Skip(i / shape.Plane * shape.Plane).Take(shape.Plane).Average(value => (double)value);
                    Assert.Equal(mean + ((image[i] - mean) * Contrasts[severity - 1]), found[i], 0.51);
                }
            }
        );

    [Fact]
    public void Brightness_adds_to_the_value_of_HSV() =>
        ForManyImages(
            (image, shape, severity) =>
            {
                var found = CorruptionTests.Corrupt(Corruption.Brightness, severity, image, shape);
                for (var i = 0; i < shape.Plane; i++)
                {
                    var channels = Enumerable.Range(0, shape.Channels).Select(c => (c * shape.Plane) + i).ToArray();
                    var value = channels.Max(at => image[at]) / 255.0;
                    var target = Math.Min(1, value + Light[severity - 1]);
                    foreach (var at in channels)
                    {
                        Assert.Equal(value == 0 ? 255 * target : image[at] * target / value, found[at], 0.51);
                    }
                }
            }
        );

    [Fact]
    public void Pixelate_averages_what_a_large_pixel_covers() =>
        ForManyImages(
            (image, shape, severity) =>
            {
                var found = CorruptionTests.Corrupt(Corruption.Pixelate, severity, image, shape);
                var rows = Math.Max(1, (int)(shape.Height * Sizes[severity - 1]));
                var columns = Math.Max(1, (int)(shape.Width * Sizes[severity - 1]));
                for (var i = 0; i < image.Length; i++)
                {
                    var (channel, y, x) = (i / shape.Plane, i % shape.Plane / shape.Width, i % shape.Width);
                    var (row, column) = ((int)((y + 0.5) * rows / shape.Height), (int)((x + 0.5) * columns / shape.Width));
                    double sum = 0,
                        area = 0;
                    for (var at = 0; at < shape.Plane; at++)
                    {
                        var share =
                            Overlap(at / shape.Width, row, (double)shape.Height / rows)
                            * Overlap(at % shape.Width, column, (double)shape.Width / columns);
                        sum += share * image[(channel * shape.Plane) + at];
                        area += share;
                    }

                    Assert.Equal(sum / area, found[i], 0.51);
                }
            }
        );

    [Fact]
    public void Zoom_by_nothing_and_blur_of_a_flat_image_change_nothing()
    {
        var shape = new SampleShape(3, 20, 31);
        byte[] flat = [.. Enumerable.Range(0, shape.Length).Select(i => (byte)(40 + (i / shape.Plane * 70)))];
        foreach (var kind in CorruptionCatalogue.All)
        {
            if (
                kind
                is Corruption.DefocusBlur
                    or Corruption.GlassBlur
                    or Corruption.MotionBlur
                    or Corruption.ZoomBlur
                    or Corruption.Contrast
                    or Corruption.ElasticTransform
                    or Corruption.Pixelate
            )
            {
                Assert.Equal(flat, CorruptionTests.Corrupt(kind, 5, flat, shape));
            }
        }
    }

    [Fact]
    public void Impulses_are_black_or_white_in_their_share()
    {
        double[] shares = [0.01, 0.02, 0.03, 0.05, 0.07];
        var shape = new SampleShape(3, 32, 32);
        byte[] grey = [.. Enumerable.Repeat((byte)100, shape.Length)];
        for (var severity = 1; severity <= 5; severity++)
        {
            var values = Enumerable
                .Range(0, 60)
                .SelectMany(i => CorruptionTests.Corrupt(Corruption.ImpulseNoise, severity, grey, shape, sample: i))
                .ToLookup(value => value);
            double all = 60 * shape.Length;
            Assert.Equal(all, values[0].Count() + values[100].Count() + values[255].Count());
            // Five deviations of a count.
            var (black, white, half) = (values[0].Count() / all, values[255].Count() / all, shares[severity - 1] / 2);
            Assert.InRange(black, half - (5 * Math.Sqrt(half / all)), half + (5 * Math.Sqrt(half / all)));
            Assert.InRange(white, half - (5 * Math.Sqrt(half / all)), half + (5 * Math.Sqrt(half / all)));
        }
    }

    [Fact]
    public void Noise_has_the_deviation_of_its_severity()
    {
        double[] deviations = [0.04, 0.06, 0.08, 0.09, 0.10];
        double[] photons = [500, 250, 100, 75, 50];
        var shape = new SampleShape(3, 32, 32);
        byte[] grey = [.. Enumerable.Repeat((byte)128, shape.Length)];
        for (var severity = 1; severity <= 5; severity++)
        {
            var shot = Math.Sqrt(128 / 255.0 / photons[severity - 1]);
            foreach (var (kind, deviation) in new[] { (Corruption.GaussianNoise, deviations[severity - 1]), (Corruption.ShotNoise, shot) })
            {
                var values = Enumerable
                    .Range(0, 20)
                    .SelectMany(i => CorruptionTests.Corrupt(kind, severity, grey, shape, sample: i))
                    .Select(value => value / 255.0)
                    .ToArray();
                Assert.Equal(128 / 255.0, values.Average(), 0.002);
                Assert.Equal(1, Math.Sqrt(values.Average(value => Math.Pow(value - (128 / 255.0), 2))) / deviation, 0.02);
            }
        }
    }

    // As much of an input as lies in a large pixel.
    private static double Overlap(int input, int pixel, double size) =>
        Math.Max(0, Math.Min(input + 1, (pixel + 1) * size) - Math.Max(input, pixel * size));

    private static void ForManyImages(Action<byte[], SampleShape, int> check)
    {
        for (var trial = 0; trial < 300; trial++)
        {
            var random = new Random(trial);
            var shape = new SampleShape(random.Next(2) == 0 ? 1 : 3, random.Next(1, 13), random.Next(1, 13));
            var image = new byte[shape.Length];
            random.NextBytes(image);
            foreach (ref var value in image.AsSpan())
            {
                value = random.Next(4) == 0 ? (byte)0 : value;
            }

            check(image, shape, 1 + (trial % 5));
        }
    }
}
