using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Grains;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Report;

/// <summary>Which runs a report is of.</summary>
/// <param name="Folders">Their folders, as the user should type them.</param>
/// <param name="Comparison">The comparison that they belong to; null for runs that were named one by one.</param>
/// <param name="Output">The folder to write where no other is named.</param>
internal sealed record ReportInput(IReadOnlyList<string> Folders, Comparison? Comparison, string Output)
{
    /// <summary>Finds the runs.</summary>
    /// <param name="paths">Run folders, or one folder of a comparison.</param>
    /// <param name="note">Receives what was left out.</param>
    /// <exception cref="UserErrorException">There is no run.</exception>
    public static ReportInput Of(IReadOnlyList<string> paths, Action<string> note)
    {
        if (paths is [var only] && !new RunFolder(only).HoldsRun && Comparison.Read(only) is { } comparison)
        {
            return Of(only, comparison, note);
        }

        foreach (var path in paths)
        {
            Verbs.SharedOptions.ExistingRun(path, "report");
        }

        return new(
            [.. paths.DistinctBy(path => new RunFolder(path).Path)],
            null,
            paths.Count == 1 ? Path.Combine(paths[0], "report") : "report"
        );
    }

    private static ReportInput Of(string folder, Comparison comparison, Action<string> note)
    {
        var folders = new List<string>();
        foreach (var run in comparison.Runs.Where(run => run.Role == ComparedRole.Final))
        {
            var path = Path.Combine(folder, run.Folder);
            if (run.State == ComparedState.Finished && new RunFolder(path).HoldsRun)
            {
                folders.Add(path);
                continue;
            }

            note(
                FormattableString.Invariant($"{run.Method}, seed {run.Seed}, is left out: it is {run.State.ToString().ToLowerInvariant()}")
                    + (run.Reason is { } reason ? $": {reason}" : ".")
            );
        }

        foreach (var sentence in comparison.LeftOut.Concat(comparison.BudgetNotes))
        {
            note(sentence);
        }

        return folders.Count > 0
            ? new(folders, comparison, Path.Combine(folder, "report"))
            : throw new UserErrorException(
                $"report: no run of the comparison in `{folder}` has finished yet. Go on with it by `{comparison.Command}`."
            );
    }

    /// <summary>Reads what a run's folder tells, without predicting.</summary>
    /// <param name="folder">The folder, as the user should type it.</param>
    /// <exception cref="UserErrorException">Its settings cannot be read.</exception>
    public ReportRun Read(string folder)
    {
        var run = new RunFolder(folder);
        var options = RunOptionsReader.Parse(run.ReadConfig());
        var summary = SummaryFile.Read(run.SummaryPath);
        var planned = Comparison?.Runs.FirstOrDefault(other =>
            other.Role == ComparedRole.Final && folder.EndsWith(other.Folder, StringComparison.Ordinal)
        );
        return new()
        {
            Name = folder,
            Options = options,
            Summary = summary,
            Data = run.ReadDataRecord(),
            Corruptions = CorruptionResults.Read(run.CorruptionsPath, summary?.Steps ?? 0, summary?.Split ?? "test"),
            History = RunHistory.Read(run.MetricsPath),
            Cost = new()
            {
                ActiveParameters = summary?.ActiveParameters,
                InferenceFlops = summary?.InferenceFlops,
                TrainSeconds = summary?.TrainSeconds,
                TrainingFlops = summary?.TrainingFlops ?? planned?.TrainingFlops,
                CpuJoules = summary?.CpuJoules,
                PeakMib = summary?.PeakMib,
            },
        };
    }
}
