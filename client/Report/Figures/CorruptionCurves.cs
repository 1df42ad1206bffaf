using NeuroTrails.Client.Display;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>How methods do on images that were made worse; only where that was measured.</summary>
internal static class CorruptionCurves
{
    public static IEnumerable<ReportFigure> Of(IReadOnlyList<ReportGroup> groups)
    {
        if (groups.Any(group => group.Runs.Any(run => run.Corruptions.Count > 0)))
        {
            yield return BySeverity(groups, "accuracy", "Accuracy", result => result.Accuracy);
            yield return BySeverity(groups, "ece", "ECE", result => result.Ece);
        }
    }

    private static PlotFigure BySeverity(IReadOnlyList<ReportGroup> groups, string key, string title, Func<CorruptionResult, double> of)
    {
        var plot = Chart.New("severity of the corruption", title);
        var rows = new List<IReadOnlyList<Cell>>();
        foreach (var (index, group) in groups.Index())
        {
            var runs = group.Runs.Where(run => run.Corruptions.Count > 0).ToList();
            if (runs.Count == 0)
            {
                continue;
            }

            var all = runs.SelectMany(run => run.Corruptions).ToList();
            var severities = all.Select(result => result.Severity).Distinct().Order().ToList();
            var points = severities
                .Select(severity => (X: (double)severity, Y: all.Where(result => result.Severity == severity).Average(of)))
                .ToList();
            if (runs.TrueForAll(run => run.Figure(key) is not null))
            {
                points.Insert(0, (0, runs.Average(run => run.Figure(key)!.Value)));
                rows.Add([group.Name, "none", new("0", 0), Fine(points[0].Y)]);
            }

            var line = plot.Add.Scatter(
                points.Select(point => point.X).ToArray(),
                points.Select(point => point.Y).ToArray(),
                Chart.Colour(index)
            );
            line.LegendText = group.Name;
            line.MarkerShape = Chart.Marker(index);
            line.MarkerSize = 8;
            line.LineWidth = 1.5f;
            line.LinePattern = Chart.Pattern(index);
            rows.AddRange(
                all.GroupBy(result => (result.Corruption, result.Severity))
                    .OrderBy(same => same.Key.Corruption, StringComparer.Ordinal)
                    .ThenBy(same => same.Key.Severity)
                    .Select(same =>
                        (IReadOnlyList<Cell>)
                            [
                                group.Name,
                                same.Key.Corruption.Replace('_', ' '),
                                new(FormattableString.Invariant($"{same.Key.Severity}"), same.Key.Severity),
                                Fine(same.Average(of)),
                            ]
                    )
            );
        }

        Chart.Names(plot.Axes.Bottom, [.. Enumerable.Range(0, 6).Select(severity => FormattableString.Invariant($"{severity}"))]);
        Chart.Legend(plot);
        return new(
            $"corruption-{key}",
            $"{title} under corruptions",
            $"{title} by severity, mean over the corruptions that were measured and over seeds; severity 0 is the split as it is.",
            new(["method", "corruption", "severity", title], rows),
            plot
        )
        {
            Width = Chart.Width,
            Height = Chart.Height + 30,
        };
    }

    private static Cell Fine(double value) => Cell.Of(value, number => Readable.Fine(number));
}
