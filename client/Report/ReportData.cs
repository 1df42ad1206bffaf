using NeuroTrails.Client.Report.Figures;

namespace NeuroTrails.Client.Report;

/// <summary>All that a report shows: every file of it is written from this.</summary>
internal sealed record ReportData
{
    // What fits the width of a page.
    private static readonly string[] InPaper = ["accuracy", "nll", "ece", "brier", "disagreement", "kl_diversity"];

    // More methods than that are rows: figures are fewer then.
    private const int MostColumns = 6;

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>The command line that makes it again.</summary>
    public required string Command { get; init; }

    /// <summary>The command line that makes the runs of a comparison again; absent for others.</summary>
    public string? ComparisonCommand { get; init; }

    /// <summary>Confidence of all intervals, between 0 and 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>What was left out or is strange, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The methods.</summary>
    public required IReadOnlyList<ReportGroup> Groups { get; init; }

    /// <summary>What they are compared by.</summary>
    public required IReadOnlyList<MetricChoice> Metrics { get; init; }

    /// <summary>Differences to the reference.</summary>
    public required IReadOnlyList<PairedDifference> Differences { get; init; }

    /// <summary>Differences to the reference within single seeds, over samples.</summary>
    public required IReadOnlyList<SampleDifference> SampleDifferences { get; init; }

    /// <summary>Tables of the whole, in order.</summary>
    public required IReadOnlyList<NamedTable> Tables { get; init; }

    /// <summary>The tables that fit a paper.</summary>
    public required IReadOnlyList<NamedTable> Paper { get; init; }

    /// <summary>The figures, in order.</summary>
    public required IReadOnlyList<ReportFigure> Figures { get; init; }

    /// <summary>Computes a report of runs.</summary>
    /// <param name="runs">The runs, those of a method in any order.</param>
    /// <param name="request">How it is made.</param>
    /// <param name="notes">What is known already to be missing.</param>
    public static ReportData Of(IReadOnlyList<ReportRun> runs, ReportSettings request, IEnumerable<string> notes)
    {
        var said = notes.ToList();
        var groups = ReportGroup.Of(runs, said.Add);
        var metrics = MetricChoice.In(runs);
        var comparison = new MethodComparison(groups, request.Confidence);
        var reference = groups.Count > 1 ? Reference(groups, request.Reference) : null;
        var differences = reference is null
            ? []
            : metrics.Where(metric => metric.Key != "temperature").SelectMany(metric => comparison.Against(metric, reference)).ToList();
        IReadOnlyList<SampleDifference> within = reference is null ? [] : SampleDifference.Against(groups, reference, request.Confidence);
        if (groups.Count > 1 && groups.Min(group => group.Runs.Count) < 2)
        {
            said.Add("A method has a single seed, so that nothing can be said of its spread: train with more seeds.");
        }

        return new()
        {
            Title = groups.Count == 1 ? groups[0].Name : $"{groups.Count} methods: {string.Join(", ", groups.Select(group => group.Name))}",
            Made = request.Made,
            Command = request.Command,
            ComparisonCommand = request.ComparisonCommand,
            Confidence = request.Confidence,
            Notes = said,
            Groups = groups,
            Metrics = metrics,
            Differences = differences,
            SampleDifferences = within,
            Tables =
            [
                .. Main(metrics, differences)
                    .Select(table =>
                        table.Id == "results" && groups.Count <= MostColumns ? table with { Table = table.Table.Turned("figure") } : table
                    ),
                new(
                    "runs",
                    "Runs",
                    $"Intervals with {Share(request.Confidence)} confidence by bootstrap over the run's own samples "
                        + $"({Statistics.Bootstrap.Draws} draws): they tell of the samples, not of seeds.",
                    ReportTables.Runs(groups, request.Confidence)
                ),
                .. within.Count == 0
                    ? []
                    : new NamedTable[]
                    {
                        new(
                            "within",
                            $"Differences to {reference!.Name} within a seed",
                            $"Of two runs with the same seed on the same samples. Intervals with {Share(request.Confidence)} confidence by "
                                + $"paired bootstrap over the samples ({Statistics.Bootstrap.Draws} draws), for each difference alone; "
                                + "bold where 0 is outside. They tell of these two networks on other samples, not of the methods: for "
                                + "that, see the differences over seeds.",
                            ReportTables.Within(within)
                        ),
                    },
            ],
            Paper =
            [
                .. Main(
                    [.. metrics.Where(metric => InPaper.Contains(metric.Key))],
                    [.. differences.Where(pair => InPaper.Contains(pair.Metric.Key))]
                ),
            ],
            Figures =
            [
                .. ResultFigures.Of(groups),
                .. PredictionFigures.Of(groups),
                .. CorruptionCurves.Of(groups),
                .. DiversityFigures.Of(groups),
                .. CourseFigures.Of(groups),
                .. MaskFigures.Of(groups),
                .. DisputedFigure.Of(groups),
            ],
        };

        IEnumerable<NamedTable> Main(IReadOnlyList<MetricChoice> some, IReadOnlyList<PairedDifference> pairs)
        {
            var results = ReportTables.Results(groups, some, comparison);
            yield return new("results", "Results", ResultsCaption(request.Confidence, groups.Count), results);
            yield return new(
                "costs",
                "Costs",
                "Mean ± standard deviation over seeds. FLOPs are counts, of active weights, not a speed; time, energy and memory are "
                    + "measured.",
                ReportTables.Costs(groups)
            );
            if (reference is not null)
            {
                yield return new(
                    "differences",
                    $"Differences to {reference.Name}",
                    $"Paired by seed. Intervals and p of Student's t with {Share(request.Confidence)} confidence, for each difference "
                        + "alone; p by Holm over the methods; bold where that is below "
                        + $"{Share(1 - request.Confidence)}. A dash: fewer than two pairs, or differences without spread.",
                    ReportTables.Differences(pairs, request.Confidence)
                );
            }
        }
    }

    /// <summary>A share as a person reads it: 0.95.</summary>
    public static string Share(double value) => Display.Readable.Any(Math.Round(value, 6));

    private static ReportGroup Reference(IReadOnlyList<ReportGroup> groups, string? asked) =>
        asked is null
            ? groups.FirstOrDefault(group => group.Name == "neurotrails") ?? groups[0]
            : groups.FirstOrDefault(group => group.Name == asked)
                ?? throw new UserErrorException(
                    $"--reference: there is no method `{asked}` among the runs. Allowed: "
                        + $"{string.Join(", ", groups.Select(group => group.Name))}."
                );

    private static string ResultsCaption(double confidence, int groups) =>
        "Mean ± standard deviation over seeds"
        + (
            groups < 2
                ? "."
                : "; bold where a method is better than every other, by paired t tests over seeds with Holm's correction over all pairs of "
                    + $"methods (p below {Share(1 - confidence)}). ↑ more is better, ↓ less is better; one member has no diversity."
        );
}

/// <summary>A table with its name.</summary>
/// <param name="Id">Name in files.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Table">The table.</param>
internal sealed record NamedTable(string Id, string Title, string Caption, ReportTable Table);

/// <summary>How a report is made.</summary>
/// <param name="Confidence">Of all intervals, between 0 and 1.</param>
/// <param name="Reference">Name of the method that others are compared with; null for the usual one.</param>
/// <param name="Command">The command line that makes it.</param>
/// <param name="ComparisonCommand">That of the comparison; null without one.</param>
/// <param name="Made">Now.</param>
internal sealed record ReportSettings(double Confidence, string? Reference, string Command, string? ComparisonCommand, DateTimeOffset Made);
