using NeuroTrails.Client.Display;
using NeuroTrails.Statistics;
using ScottPlot;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>How much members differ, and whether it helps.</summary>
internal static class DiversityFigures
{
    private const int MostNumbers = 12;
    private static readonly (string Key, string Title)[] Measures =
    [
        ("disagreement", "disagreement of members"),
        ("kl_diversity", "KL diversity [nats]"),
    ];

    public static IEnumerable<ReportFigure> Of(IReadOnlyList<ReportGroup> groups)
    {
        foreach (var (key, title) in Measures)
        {
            if (groups.Any(group => group.Runs.Any(run => run.Figure(key) is not null && run.Figure("accuracy") is not null)))
            {
                yield return Against(groups, key, title);
            }
        }

        foreach (var (index, group) in groups.Index())
        {
            var runs = group.Runs.Where(run => run.Evidence?.Disagreement is not null).Select(run => run.Evidence!).ToList();
            if (runs.Count > 0)
            {
                yield return Matrix(
                    FormattableString.Invariant($"disagreement-{index + 1}"),
                    $"Disagreement of the members of {group.Name}",
                    "Share of samples for which two members predict different classes, mean over seeds.",
                    Mean(runs.ConvertAll(run => run.Disagreement!)),
                    runs[0].Figures.Member
                );
                yield return Matrix(
                    FormattableString.Invariant($"divergence-{index + 1}"),
                    $"Divergence of the members of {group.Name}",
                    "Kullback–Leibler divergence of the column's prediction from the row's, in nats, mean over samples and seeds.",
                    Mean(runs.ConvertAll(run => run.Divergence!)),
                    runs[0].Figures.Member
                );
            }
        }
    }

    private static PlotFigure Against(IReadOnlyList<ReportGroup> groups, string key, string title)
    {
        var points = groups
            .Index()
            .SelectMany(group => group.Item.Runs.Select(run => (group.Index, Group: group.Item.Name, Run: run)))
            .Where(point => point.Run.Figure(key) is not null && point.Run.Figure("accuracy") is not null)
            .Select(point =>
                (point.Index, point.Group, point.Run.Options.Seed, X: point.Run.Figure(key)!.Value, Y: point.Run.Figure("accuracy")!.Value)
            )
            .ToList();
        var plot = Chart.New(title, "accuracy of the ensemble");
        var zone = Goldilocks([.. points.Select(point => (point.Group, point.X, point.Y))]);
        if (zone is { } region)
        {
            var span = plot.Add.HorizontalSpan(region.Low, region.High, Color.FromHex("#009E73").WithAlpha(0.12));
            span.LegendText = "Goldilocks region";
            span.LineStyle.Width = 0;
        }

        foreach (var group in points.GroupBy(point => (point.Index, point.Group)))
        {
            var markers = plot.Add.Markers(group.Select(point => point.X).ToArray(), group.Select(point => point.Y).ToArray());
            markers.Color = Chart.Colour(group.Key.Index);
            markers.MarkerShape = Chart.Marker(group.Key.Index);
            markers.MarkerSize = 10;
            markers.LegendText = group.Key.Group;
        }

        plot.Axes.Margins(0.15, 0.15);
        Chart.Legend(plot);
        return new(
            "diversity-" + key.Replace('_', '-'),
            key == "disagreement" ? "Accuracy against disagreement" : "Accuracy against KL diversity",
            "One point a run; runs of one member have no diversity and are not shown. "
                + (
                    zone is null
                        ? "A Goldilocks region takes several seeds."
                        : "The Goldilocks region spans the runs whose accuracy is at most one standard deviation (over seeds) "
                            + "below the best method's mean."
                ),
            new(
                ["method", "seed", title, "accuracy"],
                [
                    .. points.Select(point =>
                        (IReadOnlyList<Cell>)
                            [
                                point.Group,
                                new(FormattableString.Invariant($"{point.Seed}"), point.Seed),
                                Cell.Of(point.X, value => Readable.Fine(value)),
                                Cell.Of(point.Y, value => Readable.Fine(value)),
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

    // The span of diversity of the runs that are about as accurate as the best method; null for single seeds.
    internal static Interval? Goldilocks(IReadOnlyList<(string Group, double Diversity, double Accuracy)> points)
    {
        var best = points
            .GroupBy(point => point.Group)
            .Select(group => Spread.Of([.. group.Select(point => point.Accuracy)]))
            .MaxBy(spread => spread.Mean);
        if (best?.Deviation is not { } deviation)
        {
            return null;
        }

        var good = points.Where(point => point.Accuracy >= best.Mean - deviation).Select(point => point.Diversity).ToList();
        return new(good.Min(), good.Max());
    }

    private static double[][] Mean(List<IReadOnlyList<IReadOnlyList<double>>> matrices) =>
        [.. matrices[0].Select((row, i) => row.Select((_, j) => matrices.Average(matrix => matrix[i][j])).ToArray())];

    private static PlotFigure Matrix(string id, string title, string caption, double[][] values, string member)
    {
        var members = values.Length;
        var names = Enumerable.Range(0, members).Select(i => FormattableString.Invariant($"{i}")).ToList();
        var plot = Chart.New(member, member);
        var cells = new double[members, members];
        foreach (var (i, row) in values.Index())
        {
            foreach (var (j, value) in row.Index())
            {
                // Nobody differs from himself.
                cells[i, j] = i == j ? double.NaN : value;
                if (i != j && members <= MostNumbers)
                {
                    var text = plot.Add.Text(Readable.Share(value), j, members - 1 - i);
                    text.LabelAlignment = Alignment.MiddleCenter;
                    text.LabelFontSize = members <= 6 ? 13 : 9;
                    text.LabelBackgroundColor = Colors.White.WithAlpha(0.75);
                    text.LabelPadding = 2;
                    text.LabelFontColor = Color.FromHex("#1C2025");
                }
            }
        }

        var map = plot.Add.Heatmap(cells);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        map.NaNCellColor = Color.FromHex("#D9DCE1");
        plot.MoveToBack(map);
        Chart.ColourBar(plot, map);
        plot.HideGrid();
        if (members <= 40)
        {
            Chart.Names(plot.Axes.Bottom, names);
            Chart.Names(plot.Axes.Left, names, Enumerable.Range(0, members).Select(i => (double)(members - 1 - i)));
        }

        plot.Axes.SetLimits(-0.5, members - 0.5, -0.5, members - 0.5);
        return new(
            id,
            title,
            caption,
            new(
                [member, .. names],
                [
                    .. values.Select(
                        (row, i) => (IReadOnlyList<Cell>)[names[i], .. row.Select(value => Cell.Of(value, number => Readable.Fine(number)))]
                    ),
                ]
            ),
            plot
        )
        {
            Width = 480,
            Height = 420,
        };
    }
}
