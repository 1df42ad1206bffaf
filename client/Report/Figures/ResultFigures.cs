using NeuroTrails.Client.Display;
using NeuroTrails.Statistics;
using ScottPlot;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>Accuracy by method, and against what it costs.</summary>
internal static class ResultFigures
{
    private const double LogFrom = 30;
    private const double Narrow = 0.01;

    public static IEnumerable<ReportFigure> Of(IReadOnlyList<ReportGroup> groups)
    {
        var known = groups.Where(group => group.Values(Accuracy).Count > 0).ToList();
        if (known.Count == 0)
        {
            yield break;
        }

        // One run is a point without anything beside it; the tables say as much.
        if (known.Sum(group => group.Values(Accuracy).Count) > 1)
        {
            yield return ByMethod(known);
        }

        foreach (var cost in known.Count > 1 ? CostKind.Counted : [])
        {
            var priced = known.Where(group => group.Values(run => cost.Of(run.Cost)).Count > 0).ToList();
            if (priced.Count > 0)
            {
                yield return Against(priced, cost, groups);
            }
        }
    }

    private static double? Accuracy(ReportRun run) => run.Figure("accuracy");

    private static PlotFigure ByMethod(List<ReportGroup> groups)
    {
        var plot = Chart.New(string.Empty, "accuracy");
        foreach (var (index, group) in groups.Index())
        {
            var values = group.Values(Accuracy).Select(run => run.Value).ToArray();
            var spread = Spread.Of(values);
            var markers = plot.Add.Markers(Enumerable.Repeat((double)index, values.Length).ToArray(), values);
            markers.Color = Chart.Colour(index).WithAlpha(0.55);
            markers.MarkerShape = Chart.Marker(index);
            markers.MarkerSize = 9;
            Bar(plot, index + 0.18, spread, Chart.Colour(index), Chart.Marker(index));
        }

        var all = groups.SelectMany(group => group.Values(Accuracy)).Select(run => run.Value).ToList();
        if (all.Max() - all.Min() < Narrow)
        {
            plot.Axes.SetLimitsY(all.Min() - Narrow, all.Max() + Narrow);
        }

        plot.Axes.SetLimitsX(-0.6, groups.Count - 0.4);
        Chart.Methods(plot, [.. groups.Select(group => group.Name)]);
        return new(
            "accuracy",
            "Accuracy by method",
            "Accuracy of each run (pale, left) and mean ± standard deviation over seeds (right).",
            new(
                ["method", "seed", "accuracy"],
                [
                    .. groups.SelectMany(group =>
                        group
                            .Values(Accuracy)
                            .Select(run =>
                                (IReadOnlyList<Cell>)
                                    [
                                        group.Name,
                                        new(FormattableString.Invariant($"{run.Seed}"), run.Seed),
                                        Cell.Of(run.Value, value => Readable.Fine(value)),
                                    ]
                            )
                    ),
                ]
            ),
            plot
        )
        {
            Width = Math.Max(Chart.Width, 44 * groups.Count),
            Height = Chart.Height,
        };
    }

    private static PlotFigure Against(List<ReportGroup> groups, CostKind cost, IReadOnlyList<ReportGroup> all)
    {
        var points = groups
            .Select(group =>
                (
                    Group: group,
                    Colour: all.Index().First(other => other.Item == group).Index,
                    Cost: Spread.Of([.. group.Values(run => cost.Of(run.Cost)).Select(run => run.Value)]),
                    Accuracy: Spread.Of([.. group.Values(Accuracy).Select(run => run.Value)])
                )
            )
            .ToList();
        var front = ParetoFront.Of([.. points.Select(point => (point.Cost.Mean, point.Accuracy.Mean))]);
        var isLog =
            points.Max(point => point.Cost.Mean) > LogFrom * points.Min(point => point.Cost.Mean)
            && points.All(point => point.Cost.Mean > 0);
        var plot = Chart.New(isLog ? $"{cost.Title} (logarithmic)" : cost.Title, "accuracy");
        Func<double, double> place = isLog ? Math.Log10 : value => value;
        if (front.Count > 1)
        {
            var line = plot.Add.ScatterLine(
                front.Select(index => place(points[index].Cost.Mean)).ToArray(),
                front.Select(index => points[index].Accuracy.Mean).ToArray()
            );
            line.Color = Chart.QuietColour;
            line.LinePattern = LinePattern.Dashed;
            line.LegendText = "Pareto front";
        }

        foreach (var (group, colour, price, accuracy) in points)
        {
            Bar(plot, place(price.Mean), accuracy, Chart.Colour(colour), Chart.Marker(colour), group.Name);
        }

        if (isLog)
        {
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
            {
                LabelFormatter = value => Chart.Large(Math.Pow(10, value)),
            };
        }
        else
        {
            Chart.LargeTicks(plot.Axes.Bottom);
        }

        plot.Axes.Margins(0.15, 0.15);
        Chart.Legend(plot);
        return new(
            "accuracy-" + cost.Key.Replace('_', '-'),
            $"Accuracy against {cost.Title}",
            $"Mean accuracy ± standard deviation over seeds against {cost.Title}. On the Pareto front nothing is at once no dearer and no "
                + "worse.",
            new(
                ["method", cost.Title, "accuracy", "on the front"],
                [
                    .. points
                        .Index()
                        .Select(point =>
                            (IReadOnlyList<Cell>)
                                [
                                    point.Item.Group.Name,
                                    Cell.Of(point.Item.Cost.Mean, Chart.Large),
                                    Cell.Of(point.Item.Accuracy.Mean, value => Readable.Fine(value)),
                                    front.Contains(point.Index) ? "yes" : "no",
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

    private static void Bar(Plot plot, double x, Spread spread, Color colour, MarkerShape shape, string? legend = null)
    {
        if (spread.Deviation is { } deviation)
        {
            var bar = plot.Add.ErrorBar([x], [spread.Mean], [deviation]);
            bar.Color = colour;
            bar.LineWidth = 1.5f;
        }

        var marker = plot.Add.Marker(x, spread.Mean, shape, 10, colour);
        if (legend is not null)
        {
            marker.LegendText = legend;
        }
    }
}
