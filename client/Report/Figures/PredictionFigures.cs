using NeuroTrails.Client.Display;
using ScottPlot;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>How far the predictions can be trusted: calibration, abstaining, foreign samples.</summary>
internal static class PredictionFigures
{
    private const int CoverageSteps = 20;
    private const int HistogramBins = 30;

    public static IEnumerable<ReportFigure> Of(IReadOnlyList<ReportGroup> groups)
    {
        foreach (var (index, group) in groups.Index().Where(group => Seen(group.Item).Count > 0))
        {
            yield return Reliability(group, index);
        }

        if (groups.Any(group => Seen(group).Count > 0))
        {
            yield return RiskCoverage(groups);
        }

        foreach (var (index, group) in groups.Index().Where(group => Seen(group.Item).Exists(seen => seen.Foreign is not null)))
        {
            yield return Foreign(group, index);
        }
    }

    private static List<Running.RunEvidence> Seen(ReportGroup group) =>
        [.. group.Runs.Where(run => run.Evidence is not null).Select(run => run.Evidence!)];

    private static PlotFigure Reliability(ReportGroup group, int index)
    {
        var seen = Seen(group);
        var correct = seen.SelectMany(run => run.Correct).ToList();
        var before = ReliabilityBins.Of([.. seen.SelectMany(run => run.Confidence)], correct);
        var scaled = seen.Where(run => run.Scaled is not null).ToList();
        var after =
            scaled.Count == 0
                ? null
                : ReliabilityBins.Of([.. scaled.SelectMany(run => run.Scaled!.Confidence)], [.. scaled.SelectMany(run => run.Correct)]);
        var plot = Chart.New("confidence", "accuracy");
        var ideal = plot.Add.Line(0, 0, 1, 1);
        ideal.Color = Chart.QuietColour;
        ideal.LinePattern = LinePattern.Dashed;
        Series(before, 1, "as it is");
        if (after is not null)
        {
            Series(after, 0, "with temperature");
        }

        plot.Axes.SetLimits(0, 1.05, 0, 1.05);
        Chart.Legend(plot);
        var temperature = scaled.Count == 0 ? string.Empty : $" (mean T {Readable.Share(scaled.Average(run => run.Scaled!.Temperature))})";
        return new(
            FormattableString.Invariant($"reliability-{index + 1}"),
            $"Reliability of {group.Name}",
            "Accuracy of the samples in each of 15 bins of confidence, all seeds together, marks by their number; on the dashed line "
                + (
                    after is null
                        ? $"both agree. ECE {Readable.Fine(before.Error)}. There is no validation split to fit a temperature on."
                        : $"both agree. ECE {Readable.Fine(before.Error)} as it is, {Readable.Fine(after.Error)} after a fitted T "
                            + $"on the validation split{temperature}."
                ),
            new(
                ["temperature", "samples", "confidence", "accuracy"],
                [.. Rows("as it is", before), .. after is null ? [] : Rows("fitted", after)]
            ),
            plot
        )
        {
            Width = 460,
            Height = 460,
        };

        void Series(ReliabilityBins bins, int colour, string name)
        {
            var line = plot.Add.Scatter(
                bins.Bins.Select(bin => bin.Confidence).ToArray(),
                bins.Bins.Select(bin => bin.Accuracy).ToArray(),
                Chart.Colour(colour)
            );
            line.LegendText = name;
            line.MarkerShape = Chart.Marker(colour);
            line.MarkerSize = 3;
            line.LineWidth = 1.5f;
            var all = (float)bins.Bins.Sum(bin => bin.Samples);
            foreach (var bin in bins.Bins)
            {
                plot.Add.Marker(
                    bin.Confidence,
                    bin.Accuracy,
                    Chart.Marker(colour),
                    3 + (13 * MathF.Sqrt(bin.Samples / all)),
                    Chart.Colour(colour)
                );
            }
        }
    }

    private static IEnumerable<IReadOnlyList<Cell>> Rows(string name, ReliabilityBins bins) =>
        bins.Bins.Select(bin =>
            (IReadOnlyList<Cell>)
                [
                    name,
                    Cell.Of(bin.Samples, value => Readable.Count((long)value)),
                    Cell.Of(bin.Confidence, value => Readable.Fine(value)),
                    Cell.Of(bin.Accuracy, value => Readable.Fine(value)),
                ]
        );

    private static PlotFigure RiskCoverage(IReadOnlyList<ReportGroup> groups)
    {
        var coverage = Enumerable.Range(1, CoverageSteps).Select(step => (double)step / CoverageSteps).ToArray();
        var plot = Chart.New("coverage: share of samples answered, the most confident first", "risk: error rate");
        var lines = new List<(string Name, double[] Risk)>();
        foreach (var (index, group) in groups.Index().Where(group => Seen(group.Item).Count > 0))
        {
            var risks = Seen(group).ConvertAll(seen => Risks(seen.Confidence, seen.Correct, coverage));
            var mean = coverage.Select((_, step) => risks.Average(risk => risk[step])).ToArray();
            var line = plot.Add.Scatter(coverage, mean, Chart.Colour(index));
            line.LegendText = group.Name;
            line.MarkerShape = Chart.Marker(index);
            line.MarkerSize = 5;
            line.LineWidth = 1.5f;
            line.LinePattern = Chart.Pattern(index);
            lines.Add((group.Name, mean));
        }

        plot.Axes.SetLimitsX(0, 1.02);
        Chart.Legend(plot);
        return new(
            "risk-coverage",
            "Risk against coverage",
            "Error rate among the samples that are answered when the least confident are not, mean over seeds.",
            new(
                ["coverage", .. lines.Select(line => line.Name)],
                [
                    .. coverage.Select(
                        (share, step) =>
                            (IReadOnlyList<Cell>)
                                [
                                    Cell.Of(share, value => Readable.Any(value)),
                                    .. lines.Select(line => Cell.Of(line.Risk[step], value => Readable.Fine(value))),
                                ]
                    ),
                ]
            ),
            plot
        )
        {
            Width = Chart.Width,
            Height = Chart.Height + 30,
        };
    }

    // Error rate among the most confident shares of samples; of samples with equal confidence each counts with the mean of them all.
    internal static double[] Risks(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, IReadOnlyList<double> coverage)
    {
        var errors = new double[confidence.Count + 1];
        var at = 0;
        foreach (var tied in Enumerable.Range(0, confidence.Count).GroupBy(i => confidence[i]).OrderByDescending(group => group.Key))
        {
            var (count, wrong) = (tied.Count(), tied.Count(i => !correct[i]));
            for (var i = 0; i < count; i++, at++)
            {
                errors[at + 1] = errors[at] + ((double)wrong / count);
            }
        }

        return
        [
            .. coverage.Select(share =>
            {
                var answered = Math.Max(1, (int)Math.Round(share * confidence.Count));
                return errors[answered] / answered;
            }),
        ];
    }

    private static PlotFigure Foreign(ReportGroup group, int index)
    {
        var foreign = Seen(group).Where(seen => seen.Foreign is not null).Select(seen => seen.Foreign!).ToList();
        var (known, unknown) = (foreign.SelectMany(run => run.Known).ToArray(), foreign.SelectMany(run => run.Unknown).ToArray());
        var top = Math.Max(1e-9, known.Concat(unknown).Max());
        var (own, other) = (Shares(known, top), Shares(unknown, top));
        var plot = Chart.New("entropy of the prediction [nats]", "share of samples");
        Bars(own, 0, "the data's own");
        Bars(other, 1, "foreign");
        plot.Axes.SetLimits(0, top, 0, 1.1 * own.Concat(other).Max());
        Chart.Legend(plot);
        var reports = string.Join(
            "; ",
            foreign[0].Reports.Select(report => $"AUROC by {Criterion(report)} {Readable.Share(Mean(report.Criterion))}")
        );
        return new(
            FormattableString.Invariant($"foreign-{index + 1}"),
            $"Own and foreign samples by {group.Name}",
            $"Entropy of the predictions for the data's own samples and for foreign ones, all seeds together. Mean over seeds: {reports}.",
            new(
                ["entropy up to", "the data's own", "foreign"],
                [
                    .. own.Select(
                        (share, bin) =>
                            (IReadOnlyList<Cell>)
                                [
                                    Cell.Of(top * (bin + 1) / HistogramBins, value => Readable.Share(value)),
                                    Cell.Of(share, value => Readable.Fine(value)),
                                    Cell.Of(other[bin], value => Readable.Fine(value)),
                                ]
                    ),
                ]
            ),
            plot
        )
        {
            Width = Chart.Width,
            Height = Chart.Height,
        };

        double Mean(Metrics.OutOfDistribution.OutOfDistributionCriterion criterion) =>
            foreign.Average(run => run.Reports.First(report => report.Criterion == criterion).Auroc);

        void Bars(double[] shares, int colour, string name)
        {
            var width = top / HistogramBins;
            Bar[] all =
            [
                .. shares.Select(
                    (share, bin) =>
                        new Bar
                        {
                            Position = (bin + 0.5) * width,
                            Value = share,
                            Size = width,
                            FillColor = Chart.Colour(colour).WithAlpha(0.5),
                            LineWidth = 0,
                        }
                ),
            ];
            var bars = plot.Add.Bars(all);
            bars.LegendText = name;
        }
    }

    private static string Criterion(Metrics.OutOfDistribution.OutOfDistributionReport report) =>
        report.Criterion switch
        {
            Metrics.OutOfDistribution.OutOfDistributionCriterion.Msp => "highest probability",
            Metrics.OutOfDistribution.OutOfDistributionCriterion.Entropy => "entropy",
            _ => "mutual information",
        };

    private static double[] Shares(double[] values, double top)
    {
        var shares = new double[HistogramBins];
        foreach (var value in values)
        {
            shares[Math.Clamp((int)(value / top * HistogramBins), 0, HistogramBins - 1)] += 1.0 / values.Length;
        }

        return shares;
    }
}
