using NeuroTrails.Client.Display;
using NeuroTrails.Running;
using ScottPlot;

namespace NeuroTrails.Client.Report.Figures;

/// <summary>Masks: where weights are, how many die and are born, and what the heads have in common.</summary>
internal static class MaskFigures
{
    private const int MostUpdates = 60;

    // The figures that the runs have data for; masks and turnover of each method's first run.
    public static IEnumerable<ReportFigure> Of(IReadOnlyList<ReportGroup> groups)
    {
        foreach (var (index, group) in groups.Index())
        {
            if (group.Runs.FirstOrDefault(run => run.History.Turnover.Count > 0) is { } changing)
            {
                yield return Turnover(group, index, changing);
                yield return Deaths(group, index, changing);
            }

            if (group.Runs.FirstOrDefault(run => run.Evidence?.Masks.Count > 0) is { } masked)
            {
                yield return MaskGrid.Of(group, index, masked);
            }

            if (group.Runs.Any(run => run.Evidence?.Overlaps.Count > 0))
            {
                yield return Overlap(group, index);
            }
        }
    }

    private static PlotFigure Turnover(ReportGroup group, int index, ReportRun run)
    {
        var updates = Thin(run.History.Turnover);
        var layers = updates[^1].Layers.Select(layer => (layer.Owner, layer.Layer)).ToList();
        var shares = new double[layers.Count, updates.Count];
        foreach (var (column, update) in updates.Index())
        {
            var known = update.Layers.ToDictionary(layer => (layer.Owner, layer.Layer));
            foreach (var (row, layer) in layers.Index())
            {
                shares[row, column] =
                    known.TryGetValue(layer, out var change) && change.Active > 0 ? (double)change.Grown / change.Active : double.NaN;
            }
        }

        var plot = Chart.New("topology update, after step", string.Empty);
        var map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        map.NaNCellColor = Color.FromHex("#D9DCE1");
        Chart.ColourBar(plot, map);
        plot.HideGrid();
        Chart.Names(
            plot.Axes.Left,
            [.. layers.Select(layer => $"{layer.Owner} {Short(layer.Layer)}")],
            Enumerable.Range(0, layers.Count).Select(row => (double)(layers.Count - 1 - row))
        );
        var every = Math.Max(1, (updates.Count + 7) / 8);
        var ticks = Enumerable.Range(0, updates.Count).Where(column => column % every == 0).ToList();
        Chart.Names(
            plot.Axes.Bottom,
            [.. ticks.Select(column => Readable.Count(updates[column].Step))],
            ticks.Select(column => (double)column)
        );
        plot.Axes.Left.TickLabelStyle.FontSize = 10;
        plot.Axes.SetLimits(-0.5, updates.Count - 0.5, -0.5, layers.Count - 0.5);
        return new(
            FormattableString.Invariant($"turnover-{index + 1}"),
            $"Births by layer and head over time, {group.Name}",
            $"Share of a layer's active weights that each topology update has grown, {About(run)}. As many die as are born.",
            new(
                ["step", .. layers.Select(layer => $"{layer.Owner} {layer.Layer}")],
                [
                    .. updates.Select(
                        (update, column) =>
                            (IReadOnlyList<Cell>)
                                [
                                    new(Readable.Count(update.Step), update.Step),
                                    .. layers.Select(
                                        (_, row) =>
                                            Cell.Of(
                                                double.IsNaN(shares[row, column]) ? null : shares[row, column],
                                                value => Readable.Share(value)
                                            )
                                    ),
                                ]
                    ),
                ]
            ),
            plot
        )
        {
            Width = Chart.Width,
            Height = Math.Clamp(120 + (16 * layers.Count), 240, 2000),
        };
    }

    private static PlotFigure Deaths(ReportGroup group, int index, ReportRun run)
    {
        var updates = Thin(run.History.Turnover);
        var owners = updates[^1].Layers.Select(layer => layer.Owner).Distinct().ToList();
        var plot = Chart.New("topology update, after step", "weights");
        foreach (var (at, owner) in owners.Index())
        {
            foreach (var isBorn in new[] { true, false })
            {
                Func<MaskUpdate, string, long> count = isBorn ? Grown : Dropped;
                var line = plot.Add.ScatterLine(
                    updates.Select(update => (double)update.Step).ToArray(),
                    updates.Select(update => (double)count(update, owner)).ToArray(),
                    Chart.Colour(at)
                );
                line.LinePattern = isBorn ? LinePattern.Solid : LinePattern.Dotted;
                line.LineWidth = isBorn ? 1.5f : 3;
                if (isBorn)
                {
                    line.LegendText = owner;
                }
            }
        }

        Chart.LargeTicks(plot.Axes.Left);
        Chart.Legend(plot);
        return new(
            FormattableString.Invariant($"births-{index + 1}"),
            $"Births and deaths, {group.Name}",
            $"Weights born (lines) and dead (dots) with each topology update, by owner, {About(run)}; lines that cannot be told apart are "
                + "equal.",
            new(
                ["step", .. owners.SelectMany(owner => new[] { $"{owner} born", $"{owner} dead" })],
                [
                    .. updates.Select(update =>
                        (IReadOnlyList<Cell>)
                            [
                                new(Readable.Count(update.Step), update.Step),
                                .. owners.SelectMany(owner => new[] { Whole(Grown(update, owner)), Whole(Dropped(update, owner)) }),
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

    private static PlotFigure Overlap(ReportGroup group, int index)
    {
        var layers = group
            .Runs.SelectMany(run => run.Evidence?.Overlaps ?? [])
            .GroupBy(overlap => overlap.Layer)
            .Select(layer => new MaskOverlap(
                layer.Key,
                layer.Average(overlap => overlap.Jaccard),
                layer.Average(overlap => overlap.Chance)
            ))
            .ToList();
        var plot = Chart.New(string.Empty, "Jaccard index of two heads' masks");
        Series(overlap => overlap.Jaccard, 0, "as learnt");
        Series(overlap => overlap.Chance, 1, "by chance");
        Chart.Names(plot.Axes.Bottom, [.. layers.Select(layer => Short(layer.Layer))]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = layers.Count > 4 ? -45 : 0;
        plot.Axes.Bottom.TickLabelStyle.Alignment = layers.Count > 4 ? Alignment.MiddleRight : Alignment.UpperCenter;
        plot.Axes.Bottom.MinimumSize = layers.Count > 4 ? 90 : 0;
        plot.Axes.SetLimits(-0.5, layers.Count - 0.5, 0, 1.1 * layers.Max(layer => Math.Max(layer.Jaccard, layer.Chance)));
        Chart.Legend(plot);
        return new(
            FormattableString.Invariant($"overlap-{index + 1}"),
            $"Overlap of the heads' masks, {group.Name}",
            "Positions active in both masks over positions active in either, mean over pairs of heads and seeds; by chance: what "
                + "independent masks of the same densities have on average.",
            new(
                ["layer", "as learnt", "by chance"],
                [
                    .. layers.Select(layer =>
                        (IReadOnlyList<Cell>)
                            [
                                layer.Layer,
                                Cell.Of(layer.Jaccard, value => Readable.Fine(value)),
                                Cell.Of(layer.Chance, value => Readable.Fine(value)),
                            ]
                    ),
                ]
            ),
            plot
        )
        {
            Width = Math.Max(Chart.Width, Math.Min(1600, 24 * layers.Count)),
            Height = Chart.Height + 60,
        };

        void Series(Func<MaskOverlap, double> value, int colour, string name)
        {
            var markers = plot.Add.Markers(
                layers.Select((_, at) => at + (0.12 * ((2 * colour) - 1))).ToArray(),
                layers.Select(value).ToArray()
            );
            markers.Color = Chart.Colour(colour);
            markers.MarkerShape = Chart.Marker(colour);
            markers.MarkerSize = 9;
            markers.LegendText = name;
        }
    }

    internal static string Short(string layer) => layer.EndsWith(".weight", StringComparison.Ordinal) ? layer[..^7] : layer;

    internal static string About(ReportRun run) => FormattableString.Invariant($"seed {run.Options.Seed}");

    private static long Grown(MaskUpdate update, string owner) =>
        update.Layers.Where(layer => layer.Owner == owner).Sum(layer => layer.Grown);

    private static long Dropped(MaskUpdate update, string owner) =>
        update.Layers.Where(layer => layer.Owner == owner).Sum(layer => layer.Dropped);

    private static Cell Whole(long value) => new(Readable.Count(value), value);

    // At even distances, the last one among them.
    private static List<MaskUpdate> Thin(IReadOnlyList<MaskUpdate> updates)
    {
        var step = (updates.Count + MostUpdates - 1) / MostUpdates;
        return [.. updates.Where((_, index) => (updates.Count - 1 - index) % step == 0)];
    }
}
