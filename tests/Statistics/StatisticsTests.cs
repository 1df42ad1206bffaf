using NeuroTrails.Data;
using NeuroTrails.Statistics;

namespace NeuroTrails.Tests.Statistics;

/// <summary>Statistics against values from textbooks and against naive ways to compute the same.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public void SpreadIsThatOfTheTextbook()
    {
        var spread = Spread.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal(5, spread.Mean, 12);
        Assert.Equal(Math.Sqrt(32.0 / 7), spread.Deviation!.Value, 12);
        Assert.Null(Spread.Of([3]).Deviation);
    }

    // Student's own data ("The probable error of a mean", 1908): hours of sleep gained by ten patients with two drugs.
    [Fact]
    public void PairedTestIsStudentsOwn()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        var test = PairedTTest.Of(first, second);
        Assert.Equal(-1.58, test.Difference, 10);
        Assert.Equal(0.002833, test.P!.Value, 6);
        Assert.Equal(-2.4598858, test.Interval!.Value.Low, 6);
        Assert.Equal(-0.7001142, test.Interval!.Value.High, 6);
    }

    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(4, 2.776)]
    [InlineData(9, 2.262)]
    [InlineData(30, 2.042)]
    public void IntervalsHaveTheTablesQuantiles(int freedom, double quantile)
    {
        var random = new Random(freedom);
        var first = Enumerable.Range(0, freedom + 1).Select(_ => random.NextDouble()).ToArray();
        var test = PairedTTest.Of(first, new double[freedom + 1]);
        var error = Spread.Of(first).Deviation!.Value / Math.Sqrt(freedom + 1);
        Assert.Equal(quantile, (test.Interval!.Value.High - test.Difference) / error, 3);
    }

    [Fact]
    public void IntervalAndProbabilityAgree()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var pairs = random.Next(2, 8);
            var first = Numbers(random, pairs);
            var second = Numbers(random, pairs).Select(value => value + 0.3).ToArray();
            var confidence = 0.5 + (0.49 * random.NextDouble());
            var test = PairedTTest.Of(first, second, confidence);
            var back = PairedTTest.Of(second, first, confidence);
            Assert.Equal(test.P < 1 - confidence, test.Interval!.Value.Low > 0 || test.Interval.Value.High < 0);
            Assert.Equal(test.P!.Value, back.P!.Value, 12);
            Assert.Equal(test.Interval.Value.Low, -back.Interval!.Value.High, 12);
        }
    }

    [Fact]
    public void WithoutSpreadNothingIsTested()
    {
        Assert.Null(PairedTTest.Of([1], [0.5]).P);
        Assert.Null(PairedTTest.Of([0.3, 0.4, 0.5], [0.2, 0.3, 0.4]).P);
        Assert.Null(PairedTTest.Of([1, 2], [1, 2]).Interval);
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedTTest.Of([1, 2], [1]));
    }

    // p = 0.01, 0.04, 0.03, 0.005: the usual example, R's p.adjust.
    [Fact]
    public void HolmIsThatOfTheExample() => AssertNear([0.03, 0.06, 0.06, 0.02], Holm.Correct([0.01, 0.04, 0.03, 0.005]));

    [Fact]
    public void HolmRejectsWhatSteppingDownRejects()
    {
        var random = new Random(2);
        for (var i = 0; i < 2000; i++)
        {
            var values = Enumerable.Range(0, random.Next(0, 7)).Select(_ => Math.Pow(random.NextDouble(), 4)).ToArray();
            var level = random.NextDouble() * 0.3;
            var rejected = new HashSet<int>();
            foreach (var (rank, index) in Enumerable.Range(0, values.Length).OrderBy(index => values[index]).Index())
            {
                if (values[index] > level / (values.Length - rank))
                {
                    break;
                }

                rejected.Add(index);
            }

            Assert.Equal(rejected.Order(), Holm.Correct(values).Index().Where(value => value.Item <= level).Select(value => value.Index));
        }
    }

    // Draws samples and takes them from both, one by one.
    [Fact]
    public void PairedBootstrapDrawsTheSameSamplesForBoth()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 300; trial++)
        {
            var count = random.Next(1, 40);
            double[] first = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? 1.0 : random.NextDouble())];
            double[] second = [.. first.Select(value => random.Next(2) == 0 ? value : random.NextDouble() * 3)];
            var (seed, confidence, draws) = ((long)random.Next(), 0.5 + (0.49 * random.NextDouble()), random.Next(1, 60));
            var stream = new CounterRandom(seed, RandomStream.Bootstrap);
            var differences = new double[draws];
            for (var draw = 0; draw < draws; draw++)
            {
                var (one, other) = (0.0, 0.0);
                for (var i = 0; i < count; i++)
                {
                    var sample = stream.NextInt32(count);
                    one += first[sample];
                    other += second[sample];
                }

                differences[draw] = (one / count) - (other / count);
            }

            Array.Sort(differences);
            var found = Bootstrap.Difference(first, second, confidence, seed, draws);
            Assert.Equal(At((1 - confidence) / 2), found.Low, 1e-12);
            Assert.Equal(At((1 + confidence) / 2), found.High, 1e-12);

            double At(double share)
            {
                var place = share * (draws - 1);
                var (below, rest) = ((int)place, place % 1);
                return rest == 0 ? differences[below] : ((1 - rest) * differences[below]) + (rest * differences[below + 1]);
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Difference([1, 2], [1], 0.9, 1));
    }

    [Fact]
    public void BootstrapOfOneValueIsAPoint() => Assert.Equal(new Interval(4, 4), Bootstrap.Mean([4, 4, 4], 0.9, 1));

    [Fact]
    public void BootstrapFollowsItsSeed()
    {
        var values = Numbers(new Random(3), 50);
        Assert.Equal(Bootstrap.Mean(values, 0.95, 1), Bootstrap.Mean(values, 0.95, 1));
        Assert.NotEqual(Bootstrap.Mean(values, 0.95, 1), Bootstrap.Mean(values, 0.95, 2));
    }

    // Of many samples the bootstrap's interval is the normal one.
    [Fact]
    public void BootstrapIsNearTheNormalInterval()
    {
        var random = new Random(4);
        for (var i = 0; i < 20; i++)
        {
            var values = Numbers(random, 2000);
            var spread = Spread.Of(values);
            var error = spread.Deviation!.Value / Math.Sqrt(values.Length);
            var interval = Bootstrap.Mean(values, 0.9, i, 2000);
            Assert.InRange((spread.Mean - interval.Low) / error, 1.645 - 0.2, 1.645 + 0.2);
            Assert.InRange((interval.High - spread.Mean) / error, 1.645 - 0.2, 1.645 + 0.2);
        }
    }

    [Fact]
    public void QuantilesAreLinear()
    {
        double[] sorted = [1, 2, 4];
        Assert.Equal([1, 1.5, 2, 3, 4], new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(share => Bootstrap.Quantile(sorted, share)));
    }

    [Fact]
    public void FrontIsWhatNothingDominates()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var points = Enumerable.Range(0, random.Next(0, 9)).Select(_ => ((double)random.Next(5), (double)random.Next(5))).ToArray();
            var naive = Enumerable
                .Range(0, points.Length)
                .Where(a =>
                    !points.Any(b =>
                        b.Item1 <= points[a].Item1 && b.Item2 >= points[a].Item2 && (b.Item1 < points[a].Item1 || b.Item2 > points[a].Item2)
                    )
                );
            Assert.Equal(naive, ParetoFront.Of(points).Order());
        }
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];

    private static void AssertNear(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 12));
    }
}
