using NeuroTrails.Data;
using NeuroTrails.Data.Corruptions;

namespace NeuroTrails.Tests.Data.Corruptions;

public sealed class DrawsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(4)]
    [InlineData(9.9)]
    [InlineData(10)]
    [InlineData(37.5)]
    [InlineData(250)]
    [InlineData(500)]
    public void Poisson_numbers_come_as_often_as_they_should(double mean)
    {
        const int Count = 200_000;
        var random = new CounterRandom(5, RandomStream.Corruption);
        var found = new Dictionary<int, int>();
        for (var i = 0; i < Count; i++)
        {
            var value = Draws.Poisson(mean, ref random);
            found[value] = found.GetValueOrDefault(value) + 1;
        }

        // Where at least 20 are expected, within six deviations; the rest is rare.
        var (probability, covered) = (Math.Exp(-mean), 0.0);
        for (var k = 0; k < 1000; k++)
        {
            probability = k == 0 ? probability : probability * mean / k;
            if (probability * Count >= 20)
            {
                var deviation = Math.Sqrt(probability * Count * Math.Max(1 - probability, 1e-9));
                Assert.InRange(
                    found.GetValueOrDefault(k),
                    (probability * Count) - (6 * deviation) - 1,
                    (probability * Count) + (6 * deviation) + 1
                );
                covered += probability;
            }
        }

        Assert.InRange(covered, 0.95, 1.0000001);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_curve()
    {
        var random = new CounterRandom(5, RandomStream.Corruption);
        var values = new double[400_000];
        foreach (ref var value in values.AsSpan())
        {
            value = Draws.Normal(ref random);
        }

        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(value => value * value), 0.015);
        Assert.Equal(3, values.Average(value => Math.Pow(value, 4)), 0.1);
        Assert.Equal(0.6827, values.Count(value => Math.Abs(value) < 1) / (double)values.Length, 0.005);
    }
}
