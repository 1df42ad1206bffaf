using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// The settings that a run was trained by so far: <c>started.yaml</c>, beside <c>config.yaml</c>, which anybody may edit. What is edited
/// there, or given when the run goes on, is compared with it.
/// </summary>
internal static class KnownSettings
{
    // Where the data lie and where the owners live is nobody's business but the machine's.
    private static readonly string[] OfThePlace = ["device", "data.path"];

    public static IReadOnlyList<string> MayChange { get; } =
    [
        "training.steps",
        "training.epochs",
        "training.learning_rate",
        "training.final_share",
        "checkpoint.every_steps",
        "checkpoint.every_seconds",
        "checkpoint.keep",
        "telemetry.tensorboard",
    ];

    // The settings to go on with: those of the run, with what may change as it is asked for.
    public static RunOptions GoOn(RunFolder folder, RunOptions asked, Action<string>? notice = null)
    {
        // A run of an earlier version has only what anybody may have edited.
        var known = Read(folder) ?? RunOptionsReader.Parse(folder.ReadConfig());
        var refused = OtherSettings.Of(asked, known, [.. OfThePlace, .. MayChange]);
        if (refused.Count > 0)
        {
            throw new UserErrorException(
                $"'{folder.Path}' was trained by other settings than are asked for now. Of a run that is there only these may change: "
                    + $"{string.Join(", ", MayChange)}. "
                    + "Put the others back in config.yaml (or leave them out of --set), or start a new run.\n  "
                    + $"{string.Join("\n  ", refused)}"
            );
        }

        var reader = new RunOptionsReader().AddText(RunOptionsWriter.ToYaml(known), folder.StartedPath);
        foreach (
            var ((path, before), (_, now)) in RunOptionsWriter
                .Flatten(known)
                .Zip(RunOptionsWriter.Flatten(asked))
                .Where(pair => pair.First.Value != pair.Second.Value && MayChange.Contains(pair.First.Key))
        )
        {
            reader.AddAssignment($"{path}={now}");
            notice?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{path} is {now} from here on; it was {before}."));
        }

        return reader.Read() with
        {
            Device = asked.Device,
            Data = known.Data with { Path = asked.Data.Path },
        };
    }

    public static void RefuseShorter(RunFolder folder, long? step, long totalSteps)
    {
        if (step > totalSteps)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{folder.Path}' is at step {step} already, and {totalSteps} steps are asked for. Allowed: at least {step}. Change "
                        + $"training.steps or training.epochs."
                )
            );
        }
    }

    public static void Write(RunFolder folder, RunOptions options)
    {
        if (!folder.HoldsRun)
        {
            // A folder holds a run as soon as it has the other file, which therefore comes last.
            AtomicFile.WriteAllText(folder.StartedPath, RunOptionsWriter.ToYaml(options));
            AtomicFile.WriteAllText(folder.ConfigPath, RunOptionsWriter.ToYaml(options));
            return;
        }

        var own = RunOptionsReader.Parse(folder.ReadConfig());
        var yaml = RunOptionsWriter.ToYaml(options with { Device = own.Device, Data = options.Data with { Path = own.Data.Path } });

        // A file that somebody has edited stays as it is, remarks and all, where it says the same.
        if (RunOptionsWriter.ToYaml(own) != yaml)
        {
            AtomicFile.WriteAllText(folder.ConfigPath, yaml);
        }

        if (Read(folder) is not { } known || RunOptionsWriter.ToYaml(known) != yaml)
        {
            AtomicFile.WriteAllText(folder.StartedPath, yaml);
        }
    }

    private static RunOptions? Read(RunFolder folder)
    {
        try
        {
            return new RunOptionsReader().AddText(RegularFile.ReadAllText(folder.StartedPath), folder.StartedPath).Read();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"What the run was trained by cannot be read: {fault.Message.TrimEnd('.')}. Remove '{folder.StartedPath}' if its "
                    + "config.yaml was never edited.",
                fault
            );
        }
    }
}
