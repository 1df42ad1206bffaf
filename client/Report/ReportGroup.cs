using NeuroTrails.Configuration;

namespace NeuroTrails.Client.Report;

/// <summary>Runs that differ in nothing but the seed: a method.</summary>
/// <param name="Name">The method's name, with the settings by which it differs from others of that name.</param>
/// <param name="Runs">Its runs by rising seed, each seed once.</param>
internal sealed record ReportGroup(string Name, IReadOnlyList<ReportRun> Runs)
{
    // Where and how fast a run computes is not what it is.
    private static readonly string[] OfThePlace =
    [
        "seed",
        "device",
        "data.path",
        "data.download",
        "data.prefetch",
        "ensemble.teacher",
    ];
    private static readonly string[] SectionsOfThePlace = ["checkpoint.", "execution."];

    public IReadOnlyList<(long Seed, double Value)> Values(Func<ReportRun, double?> figure) =>
        [.. Runs.Where(run => figure(run) is not null).Select(run => (run.Options.Seed, figure(run)!.Value))];

    public static IReadOnlyList<ReportGroup> Of(IEnumerable<ReportRun> runs, Action<string> note)
    {
        var groups = runs.GroupBy(run => string.Join('\n', Settings(run).Select(setting => $"{setting.Key}={setting.Value}"))).ToList();
        return
        [
            .. groups.Select(group => new ReportGroup(
                Named(group.First(), groups.Select(other => other.First())),
                [
                    .. group
                        .GroupBy(run => run.Options.Seed)
                        .OrderBy(seed => seed.Key)
                        .Select(seed =>
                        {
                            foreach (var again in seed.Skip(1))
                            {
                                note($"{again.Name} is left out: {seed.First().Name} has the same settings and the same seed.");
                            }

                            return seed.First();
                        }),
                ]
            )),
        ];
    }

    private static string Named(ReportRun run, IEnumerable<ReportRun> all)
    {
        var method = run.Options.Ensemble.Method;
        var alike = all.Where(other => other.Options.Ensemble.Method == method).Select(other => Settings(other).ToDictionary()).ToList();
        var differing = Settings(run)
            .Where(setting => alike.Exists(other => other[setting.Key] != setting.Value))
            .Select(setting => $"{setting.Key.Split('.')[^1]} {setting.Value}")
            .ToList();
        return differing.Count == 0 ? method : $"{method} ({string.Join(", ", differing)})";
    }

    private static IEnumerable<KeyValuePair<string, string>> Settings(ReportRun run) =>
        RunOptionsWriter
            .Flatten(run.Options)
            .Where(setting =>
                !OfThePlace.Contains(setting.Key)
                && !SectionsOfThePlace.Any(section => setting.Key.StartsWith(section, StringComparison.Ordinal))
            );
}
