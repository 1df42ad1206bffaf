using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class AugmentationTests
{
    [Fact]
    public void Pad_crop_is_the_naive_shift_and_reaches_every_place()
    {
        var random = new Random(1);
        var places = new HashSet<(int, int)>();
        for (var round = 0; round < 3000; round++)
        {
            var shape = new SampleShape(random.Next(1, 4), random.Next(4, 9), random.Next(4, 9));
            var padding = random.Next(1, 4);
            var source = Values(shape, random);
            var target = Values(shape, random);
            var key = new CounterRandom(round, RandomStream.Augmentation);
            var copy = key;
            var (down, right) = (copy.NextInt32((2 * padding) + 1) - padding, copy.NextInt32((2 * padding) + 1) - padding);
            new PadCrop(padding).Apply(source, target, shape, ref key);
            if (padding == 2)
            {
                places.Add((down, right));
            }

            for (var i = 0; i < target.Length; i++)
            {
                var (channel, y, x) = (i / shape.Plane, (i % shape.Plane / shape.Width) + down, (i % shape.Width) + right);
                var inside = y >= 0 && y < shape.Height && x >= 0 && x < shape.Width;
                Assert.Equal(inside ? source[(channel * shape.Plane) + (y * shape.Width) + x] : 0, target[i]);
            }
        }

        Assert.Equal(25, places.Count);
    }

    [Fact]
    public void Flip_mirrors_half_of_the_samples()
    {
        var random = new Random(2);
        var flipped = 0;
        for (var round = 0; round < 4000; round++)
        {
            var shape = new SampleShape(2, 3, 5);
            var (source, target) = (Values(shape, random), new float[shape.Length]);
            var key = new CounterRandom(7, RandomStream.Augmentation, 3, round);
            new HorizontalFlip().Apply(source, target, shape, ref key);
            var mirrored = Enumerable.Range(0, shape.Length).Select(i => source[(i / 5 * 5) + 4 - (i % 5)]).ToArray();
            flipped += target.SequenceEqual(mirrored) ? 1 : 0;
            Assert.True(target.SequenceEqual(mirrored) || target.SequenceEqual(source));
        }

        Assert.InRange(flipped, 1800, 2200);
    }

    [Fact]
    public void Cutout_blanks_one_square_and_nothing_else()
    {
        var random = new Random(3);
        for (var round = 0; round < 3000; round++)
        {
            var shape = new SampleShape(random.Next(1, 4), random.Next(3, 12), random.Next(3, 12));
            var side = random.Next(1, Math.Min(shape.Height, shape.Width) + 1);
            var source = Values(shape, random);
            var target = (float[])source.Clone();
            var key = new CounterRandom(round, RandomStream.Augmentation);
            var copy = key;
            var (centreY, centreX) = (copy.NextInt32(shape.Height), copy.NextInt32(shape.Width));
            new Cutout(side).Apply(target, shape, ref key);
            for (var i = 0; i < target.Length; i++)
            {
                var (y, x) = (i % shape.Plane / shape.Width, i % shape.Width);
                var inside =
                    y >= centreY - (side / 2)
                    && y < centreY - (side / 2) + side
                    && x >= centreX - (side / 2)
                    && x < centreX - (side / 2) + side;
                Assert.Equal(inside ? 0 : source[i], target[i]);
            }
        }
    }

    [Fact]
    public void Normalising_is_the_naive_formula_bit_for_bit()
    {
        var random = new Random(4);
        for (var round = 0; round < 1000; round++)
        {
            var shape = new SampleShape(random.Next(1, 4), random.Next(1, 9), random.Next(1, 9));
            var constants = new Normalisation(
                [.. Enumerable.Range(0, shape.Channels).Select(_ => random.NextSingle())],
                [.. Enumerable.Range(0, shape.Channels).Select(_ => random.NextSingle() + 0.1f)]
            );
            var (source, target) = (Values(shape, random), new float[shape.Length]);
            constants.Apply(source, target, shape);
            for (var i = 0; i < target.Length; i++)
            {
                Assert.Equal((source[i] - constants.Mean[i / shape.Plane]) / constants.Deviation[i / shape.Plane], target[i]);
            }
        }
    }

    [Fact]
    public void Computed_constants_are_mean_and_deviation()
    {
        var data = BatchTests.Noise(50, new SampleShape(2, 6, 5), 9);
        var constants = ChannelStatistics.Of(data);
        for (var channel = 0; channel < 2; channel++)
        {
            var values = Enumerable
                .Range(0, 50)
                .SelectMany(i => data.Stored(i).Slice(channel * 30, 30).ToArray())
                .Select(v => v / 255.0)
                .ToArray();
            var mean = values.Average();
            Assert.Equal(mean, constants.Mean[channel], 5);
            Assert.Equal(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), constants.Deviation[channel], 5);
        }
    }

    [Theory]
    [InlineData("crop:0", "a whole number from 1 to 7")]
    [InlineData("crop:8", "a whole number from 1 to 7")]
    [InlineData("crop:1.5", "a whole number from 1 to 7")]
    [InlineData("crop:x", "a whole number from 1 to 7")]
    [InlineData("cutout:9", "a whole number from 1 to 8")]
    [InlineData("flip:1", "crop, crop:PIXELS")]
    [InlineData("mirror", "crop, crop:PIXELS")]
    [InlineData("crop:1:2", "crop, crop:PIXELS")]
    public void Bad_names_and_numbers_say_what_is_allowed(string entry, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<UserErrorException>(() => AugmentationNames.Parse([entry], new SampleShape(3, 8, 9))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Names_become_augmentations_in_order()
    {
        var (augmentations, cutout) = AugmentationNames.Parse(["flip", "crop:2", "cutout", "crop"], new SampleShape(3, 32, 32));
        Assert.Collection(
            augmentations,
            first => Assert.IsType<HorizontalFlip>(first),
            second => Assert.Equal(2, Assert.IsType<PadCrop>(second).Padding),
            third => Assert.Equal(4, Assert.IsType<PadCrop>(third).Padding)
        );
        Assert.Equal(8, cutout!.Side);
    }

    private static float[] Values(SampleShape shape, Random random) =>
        [.. Enumerable.Range(0, shape.Length).Select(_ => random.NextSingle())];
}
