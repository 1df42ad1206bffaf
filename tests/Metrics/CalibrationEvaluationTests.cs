using NeuroTrails.Configuration;
using NeuroTrails.Metrics;
using NeuroTrails.Metrics.Calibration;

namespace NeuroTrails.Tests.Metrics;

/// <summary>Calibration over batches against the same figures computed at one go.</summary>
public sealed class CalibrationEvaluationTests
{
    [Fact]
    public void FiguresMatchTheirDefinitions()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var (fitted, measured) = (new RandomCase(seed), new RandomCase(seed + 10_000));
            var (heads, classes) = (fitted.Heads, fitted.Classes);
            var fit = new CalibrationFit(heads, classes, PredictionRule.Probabilities);
            fit.Add(Doubles(fitted.Logits_HBC), fitted.Labels_B);
            var evaluation = fit.Fit("validation");

            // The other case's samples, cut to this one's heads and classes.
            var random = new Random(seed);
            var samples = measured.Samples;
            var logits = Enumerable.Range(0, heads * samples * classes).Select(_ => (random.NextDouble() * 6) - 3).ToArray();
            var labels = Enumerable.Range(0, samples).Select(_ => (long)random.Next(classes)).ToArray();
            var cut = random.Next(1, samples + 1);
            Add(0, cut);
            Add(cut, samples - cut);
            var report = evaluation.Result();

            Assert.Equal(("validation", fitted.Samples, heads), (report.FittedOn, report.Samples, report.Heads.Count));
            for (var h = 0; h < heads; h++)
            {
                Matches(
                    report.Heads[h],
                    [.. Enumerable.Range(0, fitted.Samples).SelectMany(i => fitted.LogSoftmax(h, i))],
                    logits[(h * samples * classes)..((h + 1) * samples * classes)]
                );
            }

            double[] ensemble = [.. Enumerable.Range(0, samples).SelectMany(Mean)];
            Matches(
                report.Ensemble,
                [.. Enumerable.Range(0, fitted.Samples).SelectMany(i => fitted.Mean(i).Select(p => Math.Log(p)))],
                [.. ensemble.Select(p => Math.Log(p))]
            );
            Assert.Equal(((fitted.Samples + 1) / 2, samples), (report.Conformal.CalibrationSamples, report.Conformal.TestSamples));
            var sets = Enumerable
                .Range(0, samples)
                .Select(i =>
                    Enumerable.Range(0, classes).Where(c => 1 - ensemble[(i * classes) + c] <= report.Conformal.Threshold).ToList()
                )
                .ToList();
            Assert.Equal(sets.Average(set => set.Count), report.Conformal.MeanSetSize, 1e-9);
            Assert.Equal(
                sets.Zip(labels).Average(pair => pair.First.Contains((int)pair.Second) ? 1.0 : 0),
                report.Conformal.Coverage,
                1e-9
            );

            void Add(int start, int count) =>
                evaluation.Add(
                    [
                        .. from h in Enumerable.Range(0, heads)
                        from i in Enumerable.Range(start * classes, count * classes)
                        select logits[(h * samples * classes) + i],
                    ],
                    labels.AsSpan(start, count)
                );

            double[] Mean(int sample) =>
                [
                    .. Enumerable
                        .Range(0, classes)
                        .Select(c =>
                            Enumerable
                                .Range(0, heads)
                                .Average(h => Tempered(logits.AsSpan(((h * samples) + sample) * classes, classes), 1)[c])
                        ),
                ];

            void Matches(TemperatureReport found, double[] onValidation, double[] x)
            {
                // The float64 logits and their log-softmax differ by rounding, which moves a flat minimum.
                var temperature = TemperatureScaling.Fit(onValidation, fitted.Labels_B, classes);
                Assert.Equal(1, found.Temperature / temperature, 1e-3);
                foreach (
                    var (t, nll, ece) in new[]
                    {
                        (1.0, found.NllBefore, found.EceBefore),
                        (found.Temperature, found.NllAfter, found.EceAfter),
                    }
                )
                {
                    var rows = Enumerable.Range(0, samples).Select(i => Tempered(x.AsSpan(i * classes, classes), t)).ToList();
                    Assert.Equal(rows.Zip(labels).Average(pair => -Math.Log(pair.First[pair.Second])), nll, 1e-9);
                    var calibration = new ExpectedCalibrationError();
                    foreach (var (row, label) in rows.Zip(labels))
                    {
                        calibration.Add(row, (int)label);
                    }

                    Assert.Equal(calibration.Value, ece, 1e-9);
                }
            }
        }
    }

    [Fact]
    public void TheHalfThatCalibratesIsFixedAndNotTheFirst()
    {
        // All right in the first half of the data and wrong in the second: a calibration half of both has wrong ones.
        var fit = new CalibrationFit(1, 2, PredictionRule.Logits);
        double[] logits = [.. Enumerable.Repeat(new[] { 3.0, 0 }, 100).SelectMany(row => row)];
        long[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? 0L : 1)];
        fit.Add(logits, labels);
        var (one, other) = (fit.Fit("validation"), fit.Fit("validation"));
        one.Add([3, 0], [0]);
        other.Add([3, 0], [0]);
        Assert.Equal(one.Result().Conformal, other.Result().Conformal);
        Assert.Equal(1 / (1 + Math.Exp(-3)), one.Result().Conformal.Threshold, 12);
        Assert.Equal(50, one.Result().Conformal.CalibrationSamples);
    }

    [Fact]
    public void EdgesAndFaults()
    {
        // Certain and right: the temperature would be 0, and an impossible class stays impossible.
        var fit = new CalibrationFit(1, 2, PredictionRule.Probabilities);
        fit.Add([0, double.NegativeInfinity], [0]);
        var evaluation = fit.Fit("validation");
        evaluation.Add([0, double.NegativeInfinity], [1]);
        var report = evaluation.Result();
        Assert.Equal((TemperatureScaling.Lowest, 744.44), (report.Ensemble.Temperature, Math.Round(report.Ensemble.NllBefore, 2)));
        Assert.Equal((1, 2), (report.Conformal.Threshold, report.Conformal.MeanSetSize));
        var fault = Assert.Throws<UserErrorException>(() => fit.Add([0, 0, double.NaN, 0], [0, 1]));
        Assert.Contains("head 0 for sample 2 is NaN", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<UserErrorException>(() => evaluation.Add([0, double.PositiveInfinity], [0]));
        Assert.Contains("head 0 for sample 1 is", fault.Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => evaluation.Add([0, 1], [2]));
        Assert.Throws<InvalidOperationException>(() => fit.Fit("validation").Result());
    }

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static double[] Tempered(ReadOnlySpan<double> x, double t)
    {
        var row = x.ToArray();
        var weights = row.Select(value => Math.Exp((value - row.Max()) / t)).ToArray();
        return [.. weights.Select(weight => weight / weights.Sum())];
    }
}
