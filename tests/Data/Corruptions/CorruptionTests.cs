using NeuroTrails.Data;
using NeuroTrails.Data.Corruptions;

namespace NeuroTrails.Tests.Data.Corruptions;

/// <summary>What holds of all corruptions.</summary>
public sealed class CorruptionTests
{
    private static readonly SampleShape Colour = new(3, 32, 32);

    public static TheoryData<Corruption> Kinds => [.. CorruptionCatalogue.All];

    [Fact]
    public void Names_are_the_authors() =>
        Assert.Equal(
            [
                "gaussian_noise",
                "shot_noise",
                "impulse_noise",
                "defocus_blur",
                "glass_blur",
                "motion_blur",
                "zoom_blur",
                "snow",
                "frost",
                "fog",
                "brightness",
                "contrast",
                "elastic_transform",
                "pixelate",
                "jpeg_compression",
            ],
            CorruptionCatalogue.All.Select(CorruptionCatalogue.Name)
        );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Severities_distort_more_and_more(Corruption kind)
    {
        foreach (var shape in new[] { Colour, new SampleShape(1, 28, 28), new SampleShape(3, 64, 48) })
        {
            var distortions = Enumerable.Range(1, 5).Select(severity => Distortion(kind, severity, shape)).ToArray();
            Assert.All(distortions, distortion => Assert.InRange(distortion, 1e-6, 1));
            // By their authors' constants deformations get smaller and rougher, which no difference of pixels tells (see the ramp below);
            // glass blurs its own disorder away, and large pixels meet the grid now better, now worse: these two rise on the whole.
            var isUneven = kind is Corruption.GlassBlur or Corruption.Pixelate;
            Assert.True(
                kind == Corruption.ElasticTransform
                    || (isUneven && distortions[3] + distortions[4] > distortions[0] + distortions[1])
                    || distortions.Order().SequenceEqual(distortions),
                $"{kind} on {shape}: {string.Join(", ", distortions)}"
            );
        }
    }

    [Fact]
    public void Elastic_deformations_get_rougher()
    {
        // A ramp stays one under affine maps: only the local deformation bends it.
        var shape = new SampleShape(1, 64, 64);
        byte[] ramp = [.. Enumerable.Range(0, shape.Length).Select(i => (byte)(4 * (i % 64)))];
        var bends = Enumerable.Range(1, 5).Select(Bend).ToArray();
        Assert.True(bends[0] < bends[2] && bends[1] < bends[2] && bends[2] < bends[3] && bends[3] < bends[4], string.Join(", ", bends));

        double Bend(int severity) =>
            Enumerable
                .Range(0, 20)
                .Average(sample =>
                {
                    var image = Corrupt(Corruption.ElasticTransform, severity, ramp, shape, sample: sample);
                    return (
                        from y in Enumerable.Range(16, 32)
                        from x in Enumerable.Range(16, 32)
                        let at = (y * 64) + x
                        select Math.Abs(image[at - 1] - (2 * image[at]) + image[at + 1])
                    ).Average();
                });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_and_sample_give_the_same_bytes_whatever_came_before(Corruption kind)
    {
        var images = Enumerable.Range(0, 6).Select(i => Image(i, Colour)).ToArray();
        var inOrder = images.Select((image, i) => Corrupt(kind, 3, image, Colour, 7, i)).ToArray();
        foreach (var i in new[] { 4, 0, 5, 2, 1, 3 })
        {
            Assert.Equal(inOrder[i], Corrupt(kind, 3, images[i], Colour, 7, i));
        }

        var inPlace = images[2].ToArray();
        CorruptionCatalogue.Apply(kind, 3, inPlace, inPlace, Colour, 7, 2);
        Assert.Equal(inOrder[2], inPlace);
        var isFixed =
            kind
            is Corruption.DefocusBlur
                or Corruption.ZoomBlur
                or Corruption.Brightness
                or Corruption.Contrast
                or Corruption.Pixelate
                or Corruption.JpegCompression;
        Assert.Equal(isFixed, inOrder[2].SequenceEqual(Corrupt(kind, 3, images[2], Colour, 8, 2)));
        Assert.Equal(isFixed, inOrder[2].SequenceEqual(Corrupt(kind, 3, images[2], Colour, 7, 3)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_size_will_do(Corruption kind)
    {
        var random = new Random(3);
        foreach (var side in new[] { 1, 2, 3, 5, 33, 40 })
        {
            foreach (var channels in new[] { 1, 3 })
            {
                for (var severity = 1; severity <= 5; severity++)
                {
                    var shape = new SampleShape(channels, side, random.Next(1, 41));
                    var image = new byte[shape.Length];
                    random.NextBytes(image);
                    foreach (var source in new[] { image, new byte[image.Length], [.. Enumerable.Repeat((byte)255, image.Length)] })
                    {
                        Assert.Equal(image.Length, Corrupt(kind, severity, source, shape).Length);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Grey_stays_grey_in_three_channels(Corruption kind)
    {
        // What treats pixels and not values gives equal channels; frost is tinted, noise is of each value, JPEG rounds.
        var grey = Image(3, new(1, 32, 32));
        byte[] colour = [.. grey, .. grey, .. grey];
        var image = Corrupt(kind, 3, colour, Colour);
        var isAlike = Enumerable.Range(0, 2048).All(i => image[i] == image[i + 1024]);
        Assert.Equal(
            kind is not (Corruption.GaussianNoise or Corruption.ShotNoise or Corruption.ImpulseNoise or Corruption.Frost),
            isAlike
        );
        if (isAlike && kind != Corruption.JpegCompression)
        {
            var single = Corrupt(kind, 3, grey, new(1, 32, 32));
            Assert.All(single.Zip(image), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        }
    }

    [Fact]
    public void What_is_no_image_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Corrupt(Corruption.Fog, 1, new byte[8], new(2, 2, 2)));
        Assert.Throws<ArgumentException>(() => Corrupt(Corruption.Fog, 1, new byte[5], new(1, 2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Corrupt(Corruption.Fog, 0, new byte[4], new(1, 2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Corrupt(Corruption.Fog, 6, new byte[4], new(1, 2, 2)));
    }

    // Mean over images with soft and hard edges of the squared difference; under frost, which darkens an image first lit up, of what is not
    // correlated.
    private static double Distortion(Corruption kind, int severity, SampleShape shape) =>
        Enumerable
            .Range(0, 24)
            .Average(i =>
            {
                var image = Image(i, shape);
                var pairs = image.Zip(Corrupt(kind, severity, image, shape, sample: i), (x, y) => (X: x / 255.0, Y: y / 255.0)).ToList();
                var (x, y) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
                return kind == Corruption.Frost
                    ? 1
                        - (
                            pairs.Average(pair => (pair.X - x) * (pair.Y - y))
                            / Math.Sqrt(pairs.Average(pair => Math.Pow(pair.X - x, 2)) * pairs.Average(pair => Math.Pow(pair.Y - y, 2)))
                        )
                    : pairs.Average(pair => Math.Pow(pair.X - pair.Y, 2));
            });

    internal static byte[] Corrupt(Corruption kind, int severity, byte[] image, SampleShape shape, long seed = 0, long sample = 0)
    {
        var result = new byte[image.Length];
        CorruptionCatalogue.Apply(kind, severity, image, result, shape, seed, sample);
        return result;
    }

    /// <summary>Waves of random direction and colour with a box on top.</summary>
    internal static byte[] Image(int seed, SampleShape shape)
    {
        var random = new Random(seed);
        var image = new byte[shape.Length];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var (down, right, phase) = (random.NextDouble() * 0.6, random.NextDouble() * 0.6, random.NextDouble() * 6);
            var (base_, box) = (40 + (random.NextDouble() * 120), random.NextDouble() * 255);
            for (var i = 0; i < shape.Plane; i++)
            {
                var (y, x) = (i / shape.Width, i % shape.Width);
                var isBox = y > shape.Height / 4 && y < shape.Height / 2 && x > shape.Width / 3 && x < shape.Width * 3 / 4;
                var value = isBox ? box : base_ + (60 * Math.Sin((down * y) + (right * x) + phase));
                image[(channel * shape.Plane) + i] = (byte)Math.Clamp(value, 0, 255);
            }
        }

        return image;
    }
}
