using NeuroTrails.Client.Display;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>How runs learned.</summary>
internal static class CourseFigures
{
    private const int TableRows = 25;

    public static IEnumerable<ReportFigure> Of(IReadOnlyList<ReportGroup> groups)
    {
        if (groups.Any(group => group.Runs.Any(run => run.History.Losses.Count > 0)))
        {
            yield return Curves(
                groups,
                "training-loss",
                "Training loss",
                "loss [nats]",
                "Mean cross-entropy of the members on training batches, a line a run; where steps are many, neighbours are averaged.",
                run => run.History.Losses
            );
        }

        if (groups.Any(group => group.Runs.Any(run => run.History.Measured.Count > 0)))
        {
            yield return Curves(
                groups,
                "validation-accuracy",
                "Accuracy on the validation split",
                "accuracy",
                "Accuracy of the ensemble on the validation split while it learns, a line a run.",
                run => run.History.Measured
            );
        }
    }

    private static PlotFigure Curves(
        IReadOnlyList<ReportGroup> groups,
        string id,
        string title,
        string axis,
        string caption,
        Func<ReportRun, IReadOnlyList<(double Epoch, double Value)>> points
    )
    {
        var plot = Chart.New("epoch", axis);
        foreach (var (index, group) in groups.Index())
        {
            var isNamed = false;
            foreach (var run in group.Runs.Where(run => points(run).Count > 0))
            {
                var values = points(run);
                var line = plot.Add.ScatterLine(
                    values.Select(point => point.Epoch).ToArray(),
                    values.Select(point => point.Value).ToArray(),
                    Chart.Colour(index)
                );
                line.LineWidth = 1.5f;
                line.LinePattern = Chart.Pattern(index);
                if (!isNamed)
                {
                    line.LegendText = group.Name;
                    isNamed = true;
                }

                if (values.Count <= TableRows)
                {
                    line.MarkerShape = Chart.Marker(index);
                    line.MarkerSize = 5;
                }
            }
        }

        Chart.Legend(plot);
        return new(
            id,
            title,
            caption,
            new(
                ["method", "seed", "epoch", axis],
                [
                    .. groups.SelectMany(group =>
                        group.Runs.SelectMany(run =>
                            Some(points(run))
                                .Select(point =>
                                    (IReadOnlyList<Cell>)
                                        [
                                            group.Name,
                                            new(FormattableString.Invariant($"{run.Options.Seed}"), run.Options.Seed),
                                            Cell.Of(point.Epoch, value => Readable.Any(Math.Round(value, 3))),
                                            Cell.Of(point.Value, value => Readable.Fine(value)),
                                        ]
                                )
                        )
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

    // At even distances, the last one among them.
    private static IEnumerable<T> Some<T>(IReadOnlyList<T> points)
    {
        var step = (points.Count + TableRows - 1) / TableRows;
        return step <= 1 ? points : points.Where((_, index) => (points.Count - 1 - index) % step == 0);
    }
}
