using NeuroTrails.Checkpoints;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Compare;

/// <summary>The folder of a comparison: one process writes it, and one comparison is in it.</summary>
internal static class ComparisonFolder
{
    // Name of the copy of the file that --config named, from which the runs read.
    public const string Settings = "settings.yaml";

    public static Comparison? Look(CompareArguments asked)
    {
        var known = Comparison.Read(asked.Out);
        if (known is null && (File.Exists(asked.Out) || IsOccupied(asked.Out)))
        {
            throw new UserErrorException(
                $"--out: `{asked.Out}` holds something, and no comparison (no {Comparison.FileName}). Choose a new folder with --out."
            );
        }

        return known;
    }

    public static void RefuseOther(Comparison known, Comparison asked, string folder)
    {
        var differences = Differences(known, asked).ToList();
        if (differences.Count > 0)
        {
            throw new UserErrorException(
                $"`{folder}` holds a comparison of other things. Choose another --out, or go on with it: {known.Command}\n  "
                    + string.Join("\n  ", differences)
            );
        }
    }

    public static RunLock Hold(CompareArguments asked, TimeProvider time)
    {
        try
        {
            Directory.CreateDirectory(asked.Out);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--out: `{asked.Out}` cannot be made: {fault.Message} Choose another folder.", fault);
        }

        return RunLock.Acquire(new RunFolder(asked.Out), time);
    }

    private static bool IsOccupied(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(entry => Path.GetFileName(entry) != "run.lock");

    private static IEnumerable<string> Differences(Comparison known, Comparison asked)
    {
        var settings = First(known).Zip(First(asked)).FirstOrDefault(pair => !pair.First.Settings.SequenceEqual(pair.Second.Settings));
        (string What, string Known, string Asked)[] all =
        [
            ("--methods", string.Join(",", known.Methods), string.Join(",", asked.Methods)),
            ("--seeds", string.Join(",", known.Seeds), string.Join(",", asked.Seeds)),
            ("--preset", known.Preset ?? "none", asked.Preset ?? "none"),
            ("--config", known.Config ?? "none", asked.Config ?? "none"),
            ("--budget", known.Budget, asked.Budget),
            ("--reference", known.Reference, asked.Reference),
            ("--tune", Text(known.Tune), Text(asked.Tune)),
            ($"settings of {settings.First?.Method}", Without(settings.First, settings.Second), Without(settings.Second, settings.First)),
        ];
        return all.Where(item => item.Known != item.Asked).Select(item => $"{item.What}: it has {item.Known}, asked for is {item.Asked}");

        // What was selected meanwhile is among the settings of final runs.
        static IEnumerable<ComparedRun> First(Comparison comparison) =>
            comparison.Runs.Where(run => comparison.Tune is null || run.Role == ComparedRole.Trial);

        static string Text(IReadOnlyDictionary<string, IReadOnlyList<string>>? tune) =>
            tune is null ? "none" : string.Join(' ', tune.Select(pair => $"{pair.Key}={string.Join(",", pair.Value)}"));

        static string Without(ComparedRun? one, ComparedRun? other) =>
            one is null || other is null ? string.Empty
            : one.Settings.Except(other.Settings).ToList() is { Count: > 0 } own ? string.Join(' ', own)
            : "none of them";
    }
}
