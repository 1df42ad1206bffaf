using NeuroTrails.Statistics;

namespace NeuroTrails.Client.Report;

/// <summary>Two runs of one seed by one figure: the difference of their means over the same samples, and where it would lie had other
/// samples been drawn, by paired bootstrap.</summary>
/// <param name="Key">The figure's name in files.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="First">Name of a method.</param>
/// <param name="Second">Name of what it is compared with.</param>
/// <param name="Seed">Seed of both runs.</param>
/// <param name="Samples">Samples that both predicted.</param>
/// <param name="Difference">First less second.</param>
/// <param name="Interval">Of the difference.</param>
internal sealed record SampleDifference(
    string Key,
    string Title,
    string First,
    string Second,
    long Seed,
    int Samples,
    double Difference,
    Interval Interval
)
{
    private static readonly (string Key, string Title, Func<ReportRun, IReadOnlyList<double>> Of)[] Figures =
    [
        ("accuracy", "accuracy", run => [.. run.Evidence!.Correct.Select(right => right ? 1.0 : 0.0)]),
        ("nll", "NLL", run => run.Evidence!.NegativeLogLikelihood),
    ];

    /// <summary>Each other method against one, seed by seed, where both runs predicted the same samples.</summary>
    /// <param name="groups">The methods.</param>
    /// <param name="reference">What the others are compared with.</param>
    /// <param name="confidence">Of the intervals.</param>
    public static IReadOnlyList<SampleDifference> Against(IReadOnlyList<ReportGroup> groups, ReportGroup reference, double confidence) =>
        [
            .. from figure in Figures
            from @group in groups
            where @group != reference
            from run in @group.Runs
            from other in reference.Runs
            where run.Options.Seed == other.Options.Seed && SeeTheSame(run, other)
            let values = (First: figure.Of(run), Second: figure.Of(other))
            select new SampleDifference(
                figure.Key,
                figure.Title,
                @group.Name,
                reference.Name,
                run.Options.Seed,
                values.First.Count,
                values.First.Average() - values.Second.Average(),
                Bootstrap.Difference(values.First, values.Second, confidence, run.Options.Seed)
            ),
        ];

    private static bool SeeTheSame(ReportRun run, ReportRun other) =>
        run.Evidence is { } one
        && other.Evidence is { } two
        && one.Split == two.Split
        && one.Correct.Count == two.Correct.Count
        && Split(run, one.Split) == Split(other, two.Split);

    private static (string?, string?) Split(ReportRun run, string split)
    {
        var record = split switch
        {
            "validation" => run.Data?.Validation,
            "train" => run.Data?.Train,
            _ => run.Data?.Test,
        };
        return (record?.Labels, record?.Contents);
    }
}
