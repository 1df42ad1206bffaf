using NeuroTrails.Metrics;

namespace NeuroTrails.Client.Report;

/// <summary>A figure that methods are compared by.</summary>
/// <param name="Key">Its name in files.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Better">1 where more is better, −1 where less is, 0 where neither is.</param>
/// <param name="Of">Reads it off a run; absent where it was not measured.</param>
internal sealed record MetricChoice(string Key, string Title, int Better, Func<ReportRun, double?> Of)
{
    // Of what is shown, more is better only here; what tells of diversity is neither good nor bad.
    private static readonly string[] MoreIsBetter = ["accuracy", "top5_accuracy"];
    private static readonly string[] Neither = ["entropy"];

    public static IReadOnlyList<MetricChoice> In(IReadOnlyList<ReportRun> runs)
    {
        var names = runs.SelectMany(run => run.Figures?.Values.Select(figure => figure.Key) ?? []).ToHashSet(StringComparer.Ordinal);
        var costs = CostKind.All.Select(cost => cost.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. MetricCatalogue
                .BuiltIn.Metrics.Where(metric => names.Remove(metric.Name))
                .Select(metric => new MetricChoice(
                    metric.Name,
                    metric.Title,
                    MoreIsBetter.Contains(metric.Name) ? 1
                        : metric.IsDiversity || Neither.Contains(metric.Name) ? 0
                        : -1,
                    run => run.Figure(metric.Name)
                )),
            // Figures of one's own: whether more is better is not known.
            .. names
                .Where(name => !costs.Contains(name))
                .Order(StringComparer.Ordinal)
                .Select(name => new MetricChoice(name, name.Replace('_', ' '), 0, run => run.Figure(name))),
            .. runs.Any(run => run.Evidence?.Scaled is not null) ? Scaled : [],
        ];
    }

    private static IEnumerable<MetricChoice> Scaled { get; } =
    [
        new("nll_scaled", "NLL at T", -1, run => run.Evidence?.Scaled?.NegativeLogLikelihood.Average()),
        new(
            "ece_scaled",
            "ECE at T",
            -1,
            run => run.Evidence is { Scaled: { } scaled } seen ? ReliabilityBins.Of(scaled.Confidence, seen.Correct).Error : null
        ),
        new("temperature", "temperature T", 0, run => run.Evidence?.Scaled?.Temperature),
    ];
}
