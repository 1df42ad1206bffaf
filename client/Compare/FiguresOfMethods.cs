using System.Globalization;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Grains;
using NeuroTrails.Running;
using Spectre.Console;

namespace NeuroTrails.Client.Compare;

/// <summary>The methods side by side, by the figures of their finished runs.</summary>
internal static class FiguresOfMethods
{
    private static readonly string[] Columns =
    [
        "runs",
        "accuracy",
        "NLL",
        "ECE",
        "active parameters",
        "training FLOPs",
        "inference FLOPs",
        "seconds",
        "CPU joules",
    ];

    /// <summary>Prints the table, and of which split it is.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="host">The terminal.</param>
    public static void Print(Comparison comparison, string folder, ClientHost host)
    {
        var table = new Table { Border = host.Live ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn("method");
        var known = comparison.Methods.ToDictionary(method => method, method => Finished(comparison, folder, method));
        // A machine that does not tell has no column for it.
        var columns = known.Values.Any(runs => runs.Exists(run => run.CpuJoules is not null)) ? Columns : Columns[..^1];
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        var splits = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var method in comparison.Methods)
        {
            var finals = comparison.Runs.Where(run => run.Method == method && run.Role == ComparedRole.Final).ToList();
            var summaries = known[method];
            splits.UnionWith(summaries.Select(summary => summary.Split));
            string[] row =
            [
                method,
                summaries.Count == finals.Count ? Readable.Count(finals.Count) : $"{summaries.Count} of {finals.Count}",
                Spread(summaries, summary => summary.Accuracy),
                Spread(summaries, summary => summary.Nll),
                Spread(summaries, summary => summary.Ece),
                One(summaries, summary => summary.ActiveParameters),
                finals[0].TrainingFlops is { } flops ? Readable.Large(flops) : "–",
                One(summaries, summary => summary.InferenceFlops),
                Mean(summaries, summary => summary.TrainSeconds),
                Mean(summaries, summary => summary.CpuJoules),
            ];
            table.AddRow(row[..(columns.Length + 1)]);
        }

        if (splits.Count > 0)
        {
            host.Console().Write(table);
            host.Output.WriteLine(
                $"{string.Join(" and ", splits)} split, last weights, mean ± standard deviation over "
                    + Readable.Count(comparison.Seeds.Count, "seed")
            );
        }
    }

    private static List<RunSummary> Finished(Comparison comparison, string folder, string method) =>
        [
            .. comparison
                .Runs.Where(run => run.Method == method && run is { Role: ComparedRole.Final, State: ComparedState.Finished })
                .Select(run => SummaryFile.Read(new RunFolder(Path.Combine(folder, run.Folder)).SummaryPath))
                .OfType<RunSummary>(),
        ];

    // Of those that have it.
    private static string Mean(List<RunSummary> summaries, Func<RunSummary, double?> figure) =>
        summaries.Average(figure)?.ToString("#,0.0", CultureInfo.InvariantCulture) ?? "–";

    // The deviation of a sample: of one run there is none.
    private static string Spread(List<RunSummary> summaries, Func<RunSummary, double> figure)
    {
        if (summaries.Count == 0)
        {
            return "–";
        }

        var mean = summaries.Average(figure);
        var squares = summaries.Sum(summary => Math.Pow(figure(summary) - mean, 2));
        return summaries.Count == 1
            ? Readable.Fine(mean)
            : $"{Readable.Fine(mean)} ± {Readable.Fine(Math.Sqrt(squares / (summaries.Count - 1)))}";
    }

    private static string One(List<RunSummary> summaries, Func<RunSummary, long> figure) =>
        summaries.Count == 0 ? "–" : Readable.Large(figure(summaries[0]));
}
