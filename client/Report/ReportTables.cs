using NeuroTrails.Client.Display;
using NeuroTrails.Statistics;

namespace NeuroTrails.Client.Report;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    /// <summary>Mean and deviation over seeds of each figure, by method; bold where a method is better than all others.</summary>
    public static ReportTable Results(IReadOnlyList<ReportGroup> groups, IReadOnlyList<MetricChoice> metrics, MethodComparison comparison)
    {
        var best = metrics.ToDictionary(metric => metric.Key, comparison.Best);
        return new(
            ["method", "seeds", .. metrics.Select(metric => metric.Title + Arrow(metric))],
            [
                .. groups.Select(group =>
                    (IReadOnlyList<Cell>)
                        [
                            group.Name,
                            new(Readable.Count(group.Runs.Count), group.Runs.Count),
                            .. metrics.Select(metric => Mean(group.Values(metric.Of), Fine) with { Bold = best[metric.Key] == group }),
                        ]
                ),
            ]
        );
    }

    /// <summary>Mean and deviation over seeds of each kind of cost that is known, by method.</summary>
    public static ReportTable Costs(IReadOnlyList<ReportGroup> groups)
    {
        var kinds = CostKind.All.Where(cost => groups.Any(group => group.Runs.Any(run => cost.Of(run.Cost) is not null))).ToList();
        return new(
            ["method", .. kinds.Select(cost => cost.Unit.Length == 0 ? cost.Title : $"{cost.Title} [{cost.Unit}]")],
            [
                .. groups.Select(group =>
                    (IReadOnlyList<Cell>)
                        [
                            group.Name,
                            .. kinds.Select(cost =>
                                Mean(group.Values(run => cost.Of(run.Cost)), cost.Unit.Length == 0 ? Figures.Chart.Large : Seconds)
                            ),
                        ]
                ),
            ]
        );
    }

    /// <summary>Each run by itself, with intervals over its test samples.</summary>
    public static ReportTable Runs(IReadOnlyList<ReportGroup> groups, double confidence) =>
        new(
            ["run", "method", "seed", "split", "samples", "accuracy", "interval", "NLL", "interval", "temperature"],
            [
                .. groups.SelectMany(group =>
                    group.Runs.Select(run =>
                    {
                        var (accuracy, nll) = RunIntervals.Of(run, confidence);
                        return (IReadOnlyList<Cell>)
                            [
                                run.Name,
                                group.Name,
                                new(Invariant(run.Options.Seed), run.Options.Seed),
                                run.Evidence?.Split ?? run.Summary?.Split ?? Cell.Absent,
                                Cell.Of(run.Figures?.Samples, value => Readable.Count((long)value)),
                                Cell.Of(run.Figure("accuracy"), value => Readable.Fine(value)),
                                Between(accuracy),
                                Cell.Of(run.Figure("nll"), value => Readable.Fine(value)),
                                Between(nll),
                                Cell.Of(run.Evidence?.Scaled?.Temperature, value => Readable.Share(value)),
                            ];
                    })
                ),
            ]
        );

    /// <summary>Differences to a reference, by figure and method.</summary>
    public static ReportTable Differences(IReadOnlyList<PairedDifference> differences, double confidence) =>
        new(
            ["figure", "method", "compared with", "pairs", "difference", "interval", "p", "p by Holm"],
            [
                .. differences.Select(pair =>
                    (IReadOnlyList<Cell>)
                        [
                            pair.Metric.Title,
                            pair.First,
                            pair.Second,
                            new(Readable.Count(pair.Test.Pairs), pair.Test.Pairs),
                            new(Signed(pair.Test.Difference), pair.Test.Difference, pair.Corrected < 1 - confidence),
                            Between(pair.Test.Interval, Signed),
                            Cell.Of(pair.Test.P, Probability),
                            Cell.Of(pair.Corrected, Probability),
                        ]
                ),
            ]
        );

    /// <summary>Differences within single seeds, by figure, method and seed.</summary>
    public static ReportTable Within(IReadOnlyList<SampleDifference> differences) =>
        new(
            ["figure", "method", "compared with", "seed", "samples", "difference", "interval"],
            [
                .. differences.Select(pair =>
                    (IReadOnlyList<Cell>)
                        [
                            pair.Title,
                            pair.First,
                            pair.Second,
                            new(Invariant(pair.Seed), pair.Seed),
                            new(Readable.Count(pair.Samples), pair.Samples),
                            new(Signed(pair.Difference), pair.Difference, pair.Interval.Low > 0 || pair.Interval.High < 0),
                            Between(pair.Interval, Signed),
                        ]
                ),
            ]
        );

    /// <summary>Mean and deviation; a dash for no value.</summary>
    private static Cell Mean(IReadOnlyList<(long Seed, double Value)> values, Func<double, string> text)
    {
        if (values.Count == 0)
        {
            return Cell.Absent;
        }

        var spread = Spread.Of([.. values.Select(run => run.Value)]);
        return new(
            spread.Deviation is { } deviation && deviation > 0 ? $"{text(spread.Mean)} ± {text(deviation)}" : text(spread.Mean),
            spread.Mean
        );
    }

    private static Cell Between(Interval? interval, Func<double, string>? text = null)
    {
        text ??= Fine;
        return interval is { } known ? $"{text(known.Low)} to {text(known.High)}" : Cell.Absent;
    }

    private static string Arrow(MetricChoice metric) =>
        metric.Better switch
        {
            > 0 => " ↑",
            < 0 => " ↓",
            _ => string.Empty,
        };

    private static string Signed(double value) =>
        (
            value > 0 ? "+"
            : value < 0 ? "−"
            : string.Empty
        ) + Fine(Math.Abs(value));

    private static string Probability(double value) => value < 0.0001 ? "< 0.0001" : Readable.Fine(value);

    // Two digits that tell something.
    private static string Fine(double value) =>
        Math.Abs(value) switch
        {
            0 or >= 0.001 => Readable.Fine(value),
            >= 0.0001 => value.ToString("G2", System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString("0.0e-0", System.Globalization.CultureInfo.InvariantCulture),
        };

    private static string Seconds(double value) => value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Invariant(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Where a run's figures would lie had other test samples been drawn: bootstrap over samples.</summary>
internal static class RunIntervals
{
    /// <summary>Intervals of accuracy and NLL; absent without predictions.</summary>
    public static (Interval? Accuracy, Interval? Nll) Of(ReportRun run, double confidence) =>
        run.Evidence is not { } seen
            ? (null, null)
            : (
                Bootstrap.Mean([.. seen.Correct.Select(right => right ? 1.0 : 0.0)], confidence, run.Options.Seed),
                Bootstrap.Mean(seen.NegativeLogLikelihood, confidence, run.Options.Seed)
            );
}
