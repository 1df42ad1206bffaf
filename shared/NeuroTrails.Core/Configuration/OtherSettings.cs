using NeuroTrails.Configuration.Settings;

namespace NeuroTrails.Configuration;

/// <summary>Settings that are asked for, and that a run which is there already has otherwise.</summary>
internal static class OtherSettings
{
    // A line for each of them; none where going on with the run is what was asked for.
    public static IReadOnlyList<string> Of(RunOptions asked, RunOptions own, params IReadOnlyList<string> free) =>
        [
            .. RunOptionsWriter
                .Flatten(asked)
                .Zip(RunOptionsWriter.Flatten(own))
                .Where(pair =>
                    pair.First.Value != pair.Second.Value && !free.Contains(pair.First.Key) && !IsLeftOpen(pair.First.Key, pair.First.Value)
                )
                .Select(pair => $"{pair.First.Key}: the run has {pair.Second.Value}, asked for is {pair.First.Value}"),
        ];

    // 0 threads means "as the machine has", auto "as is best here", no interval "as the run is long": the run has resolved them for itself.
    // Runs of earlier versions have another default of seconds between checkpoints, which changes nothing that is learnt.
    private static bool IsLeftOpen(string key, string asked) =>
        key switch
        {
            "topology.every" => asked == "null",
            "checkpoint.every_seconds" => asked == Default(key),
            _ => key.StartsWith("execution.", StringComparison.Ordinal) && asked is "0" or "auto",
        };

    private static string Default(string key) => SettingDescription.ValueText(SettingDefaults.Of(key));
}
