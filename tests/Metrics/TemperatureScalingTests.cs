using NeuroTrails.Metrics;

namespace NeuroTrails.Tests.Metrics;

/// <summary>The temperature against a search over a grid, and at its edges.</summary>
public sealed class TemperatureScalingTests
{
    private static readonly double[] Grid =
    [
        .. Enumerable
            .Range(0, 401)
            .Select(i => TemperatureScaling.Lowest * Math.Pow(TemperatureScaling.Highest / TemperatureScaling.Lowest, i / 400.0)),
    ];

    [Fact]
    public void AHandfulByHand()
    {
        // Three of four right at 0.9: 0.75 is what fits, and ln 9 / T = ln 3.
        double[] sample = [Math.Log(0.9), Math.Log(0.1)];
        var x = Enumerable.Repeat(sample, 4).SelectMany(row => row).ToArray();
        Assert.Equal(2, TemperatureScaling.Fit(x, [0, 0, 1, 0], 2), 12);
        TemperatureScaling.Apply(x, 2, 2, x);
        Assert.Equal(0.75, x[0], 14);
        Assert.Equal(0.25, x[7], 14);
    }

    [Fact]
    public void NothingOnAGridIsBetter()
    {
        var inside = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var (x, labels, classes) = Case(seed);
            var t = TemperatureScaling.Fit(x, labels, classes);
            var least = Nll(x, labels, classes, t);
            foreach (var other in seed % 20 == 0 ? Grid : [t * 1.001, t * 0.999, t * 2, t / 2, 1])
            {
                if (other is >= TemperatureScaling.Lowest and <= TemperatureScaling.Highest)
                {
                    Assert.True(least <= Nll(x, labels, classes, other) + 1e-12, $"{seed}: {t} is worse than {other}");
                }
            }

            inside += t is > TemperatureScaling.Lowest and < TemperatureScaling.Highest ? 1 : 0;
        }

        Assert.InRange(inside, 500, 1999);
    }

    [Fact]
    public void ASearchByThirdsFindsTheSame()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var (x, labels, classes) = Case(seed);
            var (low, high) = (Math.Log(TemperatureScaling.Lowest), Math.Log(TemperatureScaling.Highest));
            for (var i = 0; i < 100; i++)
            {
                var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
                (low, high) = At(left) <= At(right) ? (low, right) : (left, high);
            }

            var t = TemperatureScaling.Fit(x, labels, classes);
            var isClear = Nll(x, labels, classes, t * 1.01) > Nll(x, labels, classes, t) + 1e-8;
            Assert.True(!isClear || Math.Abs(Math.Exp(low) - t) < 1e-4 * t, $"{seed}: {t}, {Math.Exp(low)}");

            double At(double logarithm) => Nll(x, labels, classes, Math.Exp(logarithm));
        }
    }

    [Fact]
    public void LogitsAndLogProbabilitiesGiveTheSame()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var (x, labels, classes) = Case(seed);
            var shifted = x.Select((value, i) => value - (i / classes * 3.7)).ToArray();
            var t = TemperatureScaling.Fit(x, labels, classes);
            var other = TemperatureScaling.Fit(shifted, labels, classes);
            Assert.True(Math.Abs(Nll(x, labels, classes, t) - Nll(x, labels, classes, other)) < 1e-9, $"{seed}: {t}, {other}");
        }
    }

    [Fact]
    public void AppliedItIsASoftmax()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (x, _, classes) = Case(seed);
            var t = Grid[seed % Grid.Length];
            var p = new double[x.Length];
            TemperatureScaling.Apply(x, t, classes, p);
            for (var at = 0; at < x.Length; at += classes)
            {
                var weights = x[at..(at + classes)].Select(value => Math.Exp((value - x[at..(at + classes)].Max()) / t)).ToArray();
                for (var c = 0; c < classes; c++)
                {
                    Assert.Equal(weights[c] / weights.Sum(), p[at + c], 1e-13);
                }
            }
        }
    }

    [Fact]
    public void Edges()
    {
        double[] sure = [0, double.NegativeInfinity, double.NegativeInfinity, 0];
        Assert.Equal(1, TemperatureScaling.Fit([0, -3, 5], [0, 0, 0], 1));
        Assert.Equal(1, TemperatureScaling.Fit([2, 2, -1, -1], [0, 1], 2));
        Assert.Equal(TemperatureScaling.Lowest, TemperatureScaling.Fit(sure, [0, 1], 2));
        Assert.Equal(TemperatureScaling.Highest, TemperatureScaling.Fit(sure, [1, 0], 2));
        Assert.Equal(TemperatureScaling.Lowest, TemperatureScaling.Fit([0.1, 0], [0], 2));
        Assert.Equal(TemperatureScaling.Highest, TemperatureScaling.Fit([0.1, 0], [1], 2));
        // One of two certain samples wrong: infinitely unsure is best.
        Assert.Equal(TemperatureScaling.Highest, TemperatureScaling.Fit(sure, [1, 1], 2));
        TemperatureScaling.Apply(sure, 3, 2, sure);
        Assert.Equal([1, 0, 0, 1], sure.Select(value => Math.Round(value)));
    }

    [Fact]
    public void FaultsNameTheSample()
    {
        Fails([0, 1, 2, double.NaN], [0, 1], "sample 1");
        Fails([0, 1, 2, 3, double.PositiveInfinity, 3], [0, 1, 0], "sample 2");
        Fails([double.NegativeInfinity, double.NegativeInfinity], [0], "sample 0");
        Fails([0, 1], [2], "label");
        Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit([], [], 2));
        Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit([0, 1, 2], [0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TemperatureScaling.Apply([0, 1], 0, 2, new double[2]));

        static void Fails(double[] x, long[] labels, string says) =>
            Assert.Contains(
                says,
                Assert.Throws<UserErrorException>(() => TemperatureScaling.Fit(x, labels, 2)).Message,
                StringComparison.Ordinal
            );
    }

    // Logits that know something of the label, at scales from far too unsure to far too sure.
    private static (double[] X, long[] Labels, int Classes) Case(int seed)
    {
        var random = new Random(seed);
        var (classes, samples) = (random.Next(1, 8), random.Next(1, 40));
        var (scale, skill) = (Math.Pow(10, (random.NextDouble() * 3) - 1.5), random.NextDouble() * 2);
        var labels = Enumerable.Range(0, samples).Select(_ => (long)random.Next(classes)).ToArray();
        var isTied = random.Next(5) == 0;
        var x = new double[samples * classes];
        for (var i = 0; i < x.Length; i++)
        {
            var value = (random.NextDouble() * 2) - 1 + (labels[i / classes] == i % classes ? skill : 0);
            x[i] = scale * (isTied ? Math.Round(value) : value);
        }

        return (x, labels, classes);
    }

    private static double Nll(double[] x, long[] labels, int classes, double t)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var row = x[(i * classes)..((i + 1) * classes)].Select(value => value / t).ToArray();
            sum += row.Max() + Math.Log(row.Sum(value => Math.Exp(value - row.Max()))) - row[labels[i]];
        }

        return sum / labels.Length;
    }
}
