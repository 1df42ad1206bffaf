using NeuroTrails.Statistics;

namespace NeuroTrails.Client.Report;

/// <summary>Two methods by one figure, paired by seed.</summary>
/// <param name="Metric">The figure.</param>
/// <param name="First">Name of a method.</param>
/// <param name="Second">Name of what it is compared with.</param>
/// <param name="Test">The difference, first less second.</param>
/// <param name="Corrected">p by Holm over the methods compared; absent where nothing can be tested.</param>
internal sealed record PairedDifference(MetricChoice Metric, string First, string Second, PairedTTest Test, double? Corrected);

/// <summary>Compares methods by their runs.</summary>
internal sealed class MethodComparison(IReadOnlyList<ReportGroup> groups, double confidence)
{
    // Each other method against one, by one figure; Holm over the methods.
    public IReadOnlyList<PairedDifference> Against(MetricChoice metric, ReportGroup reference) =>
        Corrected(metric, groups.Where(group => group != reference).Select(group => (group, reference)));

    // The method that is better than every other by one figure with significance; null where none is. Holm over all pairs of methods, for
    // which one is best is seen in the same figures.
    public ReportGroup? Best(MetricChoice metric)
    {
        if (metric.Better == 0 || groups.Count < 2 || groups.Any(group => group.Values(metric.Of).Count == 0))
        {
            return null;
        }

        var best = groups.MaxBy(group => metric.Better * group.Values(metric.Of).Average(run => run.Value))!;
        var pairs = Corrected(
            metric,
            groups.SelectMany((first, index) => groups.Skip(index + 1).Select(second => first == best ? (first, second) : (second, first)))
        );
        var own = pairs.Where(pair => pair.First == best.Name || pair.Second == best.Name).ToList();
        return
            own.Count == groups.Count - 1
            && own.All(pair =>
                pair.Corrected < 1 - confidence && metric.Better * pair.Test.Difference * (pair.First == best.Name ? 1 : -1) > 0
            )
            ? best
            : null;
    }

    private List<PairedDifference> Corrected(MetricChoice metric, IEnumerable<(ReportGroup First, ReportGroup Second)> pairs)
    {
        var tests = pairs
            .Select(pair => (pair.First, pair.Second, Test: Test(metric, pair.First, pair.Second)))
            .Where(pair => pair.Test is not null)
            .Select(pair => (pair.First, pair.Second, Test: pair.Test!))
            .ToList();
        var corrected = Holm.Correct([.. tests.Where(pair => pair.Test.P is not null).Select(pair => pair.Test.P!.Value)]);
        var next = 0;
        return
        [
            .. tests.Select(pair => new PairedDifference(
                metric,
                pair.First.Name,
                pair.Second.Name,
                pair.Test,
                pair.Test.P is null ? null : corrected[next++]
            )),
        ];
    }

    private PairedTTest? Test(MetricChoice metric, ReportGroup first, ReportGroup second)
    {
        var others = second.Values(metric.Of).ToDictionary(run => run.Seed, run => run.Value);
        var pairs = first.Values(metric.Of).Where(run => others.ContainsKey(run.Seed)).ToList();
        return pairs.Count == 0
            ? null
            : PairedTTest.Of([.. pairs.Select(run => run.Value)], [.. pairs.Select(run => others[run.Seed])], confidence);
    }
}
