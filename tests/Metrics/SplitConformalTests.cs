using NeuroTrails.Metrics;

namespace NeuroTrails.Tests.Metrics;

/// <summary>Conformal sets against a sort and a count.</summary>
public sealed class SplitConformalTests
{
    [Fact]
    public void AHandfulByHand()
    {
        // Scores 0.1 … 0.9; of nine the ninth is the quantile at α = 0.1, the fifth at 0.5.
        double[] p = [.. Enumerable.Range(1, 9).SelectMany(i => new[] { 1 - (i / 10.0), i / 10.0 })];
        var labels = new long[9];
        Assert.Equal(0.9, SplitConformal.Threshold(p, labels, 2), 15);
        Assert.Equal(0.5, SplitConformal.Threshold(p, labels, 2, 0.5), 15);
        // Eight are too few for 0.1.
        Assert.Equal(1, SplitConformal.Threshold(p.AsSpan(2), labels.AsSpan(1), 2));
        // At 0.5 the classes of 0.5 and more: {0}, {0, 1}, {1}; labels 0, 1, 0.
        var report = SplitConformal.Evaluate(p, labels, [0.8, 0.2, 0.5, 0.5, 0.1, 0.9], [0, 1, 0], 2, 0.5);
        Assert.Equal(new SplitConformalReport(0.5, report.Threshold, 2 / 3.0, 4 / 3.0, 9, 3), report);
    }

    [Fact]
    public void SetsMatchTheirDefinition()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var classes = random.Next(1, 6);
            var percent = random.Next(1, 100);
            var (n, m) = (random.Next(0, 60), random.Next(1, 30));
            var (calibration, labels) = Case(random, n, classes);
            var (test, testLabels) = Case(random, m, classes);

            // In whole numbers: k = ⌈(n+1)(100 − percent)/100⌉.
            var k = (((n + 1) * (100 - percent)) + 99) / 100;
            var scores = labels.Select((label, i) => 1 - calibration[(i * classes) + label]).Order().ToArray();
            var threshold = k > n ? 1 : scores[k - 1];
            var sets = testLabels.Select(
                (_, i) => Enumerable.Range(0, classes).Where(c => 1 - test[(i * classes) + c] <= threshold).ToList()
            );
            var report = SplitConformal.Evaluate(calibration, labels, test, testLabels, classes, percent / 100.0);
            Assert.Equal(threshold, report.Threshold);
            Assert.Equal(sets.Average(set => set.Count), report.MeanSetSize, 12);
            Assert.Equal(sets.Zip(testLabels).Average(pair => pair.First.Contains((int)pair.Second) ? 1.0 : 0), report.Coverage, 12);
            Assert.Equal((n, m), (report.CalibrationSamples, report.TestSamples));
        }
    }

    [Fact]
    public void CoverageIsKeptOnAverage()
    {
        // The mean over many draws lies between 1 − α and 1 − α + 1/(n + 1), for scores without ties; 3 deviations of 0.0005 beside it.
        var sum = 0.0;
        const int Trials = 4000;
        for (var seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            var (calibration, labels) = Case(random, 49, 4);
            var (test, testLabels) = Case(random, 50, 4);
            sum += SplitConformal.Evaluate(calibration, labels, test, testLabels, 4).Coverage;
        }

        Assert.InRange(sum / Trials, 0.897, 0.9232);
    }

    [Fact]
    public void TooFewSamplesGiveEveryClass()
    {
        var none = SplitConformal.Evaluate([], [], [1, 0], [1], 2);
        Assert.Equal((1, 1, 2), (none.Threshold, none.Coverage, none.MeanSetSize));
        var one = SplitConformal.Evaluate([1], [0], [1], [0], 1);
        Assert.Equal((1, 1, 1), (one.Threshold, one.Coverage, one.MeanSetSize));
        // One sample is enough where every second set may miss.
        Assert.Equal(0.25, SplitConformal.Threshold([0.75, 0.25], [0], 2, 0.5));
    }

    [Fact]
    public void FaultsNameTheSample()
    {
        Fails([0.5, 0.5, double.NaN, 0], [0, 1], "class 0 in sample 1");
        Fails([0.5, 0.5, 0, double.PositiveInfinity], [0, 1], "class 1 in sample 1");
        Fails([-0.5, 1.5], [0], "sample 0");
        Fails([0.5, 0.5], [2], "label");
        Assert.Throws<ArgumentException>(() => SplitConformal.Threshold([1], [0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SplitConformal.Threshold([1], [0], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SplitConformal.Threshold([1], [0], 1, double.NaN));

        static void Fails(double[] p, long[] labels, string says)
        {
            var fault = Assert.Throws<UserErrorException>(() => SplitConformal.Threshold(p, labels, 2));
            Assert.Contains(says, fault.Message, StringComparison.Ordinal);
            Assert.Throws<UserErrorException>(() => SplitConformal.Evaluate([], [], p, labels, 2));
        }
    }

    // Probabilities, ties among them in one case of three.
    private static (double[] Probabilities, long[] Labels) Case(Random random, int samples, int classes)
    {
        var isTied = classes < 4 && random.Next(3) == 0;
        var p = Enumerable.Range(0, samples * classes).Select(_ => isTied ? random.Next(1, 4) : random.NextDouble() + 1e-9).ToArray();
        for (var at = 0; at < p.Length; at += classes)
        {
            var sum = p[at..(at + classes)].Sum();
            for (var c = at; c < at + classes; c++)
            {
                p[c] /= sum;
            }
        }

        return (p, [.. Enumerable.Range(0, samples).Select(_ => (long)random.Next(classes))]);
    }
}
