using System.Globalization;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>Chooses among the trials of a method by what they were measured to be on the validation split.</summary>
internal static class TuneSelection
{
    // The figure that is selected by; the least is best.
    public const string By = "nll";

    private const string Split = "validation";

    public static double FigureOf(RunSummary summary) =>
        summary.Split == Split
            ? summary[By] ?? double.NaN
            : throw new UserErrorException($"it was measured on the {summary.Split} split, and trials are compared on {Split} alone");

    // The best of a method's trials, the first of equal ones; null where none was measured.
    public static ComparedRun? Best(IEnumerable<ComparedRun> trials) =>
        trials.Where(trial => trial.Validation is { } value && !double.IsNaN(value)).MinBy(trial => trial.Validation);

    public static IReadOnlyDictionary<string, string> Tuned(ComparedRun trial, IEnumerable<string> paths) =>
        paths.ToDictionary(
            path => path,
            path => trial.Settings.First(setting => setting.StartsWith(path + "=", StringComparison.Ordinal))[(path.Length + 1)..],
            StringComparer.Ordinal
        );

    public static string Line(string method, IReadOnlyDictionary<string, string> selected, IReadOnlyList<ComparedRun> trials)
    {
        var (best, measured) = (Best(trials), trials.Count(trial => trial.Validation is not null));
        var failed = trials.Count == measured ? string.Empty : $" ({Readable.Count(trials.Count - measured)} failed)";
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{method}: {string.Join(", ", selected.Select(pair => $"{pair.Key}={pair.Value}"))}, the lowest NLL on the {Split} split "
            ) + $"({Readable.Fine(best?.Validation)}) among {Readable.Count(trials.Count, "trial")}{failed} of seed {trials[0].Seed}";
    }
}
