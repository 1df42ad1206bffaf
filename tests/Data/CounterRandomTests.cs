using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class CounterRandomTests
{
    [Fact]
    public void Bounded_numbers_are_uniform()
    {
        foreach (var bound in new[] { 1, 2, 3, 10, 37 })
        {
            var counts = new int[bound];
            var random = new CounterRandom(3, RandomStream.Order);
            for (var i = 0; i < 2000 * bound; i++)
            {
                counts[random.NextInt32(bound)]++;
            }

            Assert.All(counts, count => Assert.InRange(count, 1750, 2250));
        }
    }

    [Fact]
    public void Keys_that_differ_in_one_part_have_unrelated_numbers()
    {
        var firsts = new HashSet<ulong>();
        for (var part = 0; part < 4; part++)
        {
            for (var value = 10; value < 2510; value++)
            {
                var random = new CounterRandom(
                    part == 0 ? value : 0,
                    (RandomStream)(part == 1 ? value : 1),
                    part == 2 ? value : 0,
                    part == 3 ? value : 0
                );
                Assert.True(firsts.Add(random.NextUInt64()));
            }
        }
    }

    [Fact]
    public void Fractions_lie_in_the_unit_interval_with_the_right_mean()
    {
        var random = new CounterRandom(1, RandomStream.Glyph);
        var sum = 0.0;
        for (var i = 0; i < 100_000; i++)
        {
            var value = random.NextDouble();
            Assert.True(value is >= 0 and < 1);
            sum += value;
        }

        Assert.Equal(0.5, sum / 100_000, 2);
    }
}
