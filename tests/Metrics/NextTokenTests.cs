using NeuroTrails.Data;
using NeuroTrails.Metrics;

namespace NeuroTrails.Tests.Metrics;

/// <summary>Tokens are drawn from the distribution that temperature and top-p leave.</summary>
public sealed class NextTokenTests
{
    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(2.0, 0.8)]
    [InlineData(1.0, 0.6)]
    public void Frequencies_are_those_of_the_distribution(double temperature, double topP)
    {
        double[] probabilities = [0.05, 0.4, 0.1, 0.25, 0.2, 0];
        var sharpened = probabilities.Select(p => Math.Pow(p, 1 / temperature)).ToArray();
        var (expected, sum) = (new double[6], 0.0);
        foreach (var token in Enumerable.Range(0, 6).OrderByDescending(token => sharpened[token]))
        {
            expected[token] = sum < topP * sharpened.Sum() ? sharpened[token] : 0;
            sum += sharpened[token];
        }

        var random = new CounterRandom(3, RandomStream.Generation);
        var counts = new int[6];
        for (var i = 0; i < 40_000; i++)
        {
            counts[NextToken.Draw(probabilities, temperature, topP, ref random)]++;
        }

        Assert.All(expected.Zip(counts), pair => Assert.Equal(pair.First / expected.Sum(), pair.Second / 40_000.0, 0.015));
    }

    [Fact]
    public void Without_temperature_or_with_a_small_share_it_is_the_most_probable_one()
    {
        var random = new CounterRandom(3, RandomStream.Generation);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(1, NextToken.Draw([0.2, 0.4, 0.4], 0, 1, ref random));
            Assert.Equal(1, NextToken.Draw([0.2, 0.5, 0.3], 1, 1e-9, ref random));
        }
    }
}
