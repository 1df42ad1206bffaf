using System.Globalization;
using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Configuration;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Decides what a <c>train</c> command line asks for: which settings, which folder, start or go on.</summary>
internal static class TrainPlan
{
    public static TrainRequest Make(TrainArguments typed)
    {
        if (typed.Resume is null or "auto")
        {
            return StartOrAuto(typed);
        }

        var ignored = Given(typed).ToList();
        if (ignored.Count > 0)
        {
            throw new WrongUsageException(
                $"--resume {typed.Resume} goes on with the run's own settings; leave out {string.Join(", ", ignored)}. What may change is "
                    + "given by --epochs, --steps or --set. "
                    + "(--resume auto with --out starts a run where there is none.)"
            );
        }

        var folder = SharedOptions.ExistingRun(typed.Resume, "--resume");
        return new TrainRequest(
            AddPlace(AddChanges(OwnOf(folder), typed), typed),
            folder,
            ResumeMode.Always,
            typed.ConsoleTelemetry,
            typed.AllowChangedData
        );
    }

    private static TrainRequest StartOrAuto(TrainArguments typed)
    {
        if (typed.Resume == "auto" && typed.Out is null)
        {
            throw new WrongUsageException("--resume auto needs --out DIR, the folder that holds the run or will hold it.");
        }

        var options = AddPlace(Reader(typed), typed);
        var folder = Path.GetFullPath(typed.Out ?? FreeFolder(typed.Preset ?? Path.GetFileNameWithoutExtension(typed.Config!)));
        if (typed.Resume is null)
        {
            if (typed.AllowChangedData)
            {
                throw new UserErrorException(
                    "--allow-changed-data is for going on with a run; give it with --resume RUN, or leave it out."
                );
            }

            return new TrainRequest(options, folder, ResumeMode.Never, typed.ConsoleTelemetry, InitFrom: Full(typed.InitFrom));
        }

        if (new RunFolder(folder).HoldsRun)
        {
            var own = AddPlace(OwnOf(folder), typed);
            RefuseOtherSettings(options, own, typed.Out!);
            options = own;
        }

        return new TrainRequest(options, folder, ResumeMode.Auto, typed.ConsoleTelemetry, typed.AllowChangedData, Full(typed.InitFrom));
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    // Reads the settings that were asked for; device and data are left to the caller, for whom paths may mean something else.
    public static RunOptionsReader Reader(TrainArguments typed)
    {
        if (typed.Preset is null && typed.Config is null)
        {
            throw new WrongUsageException($"Say what to train: --preset NAME ({string.Join(", ", Presets.Names)}) or --config FILE.yaml.");
        }

        var reader = new RunOptionsReader();
        if (typed.Preset is not null)
        {
            reader.AddPreset(typed.Preset);
        }

        if (typed.Config is not null)
        {
            reader.AddFile(typed.Config);
        }

        return AddChanges(reader, typed).AddOption("seed", typed.Seed, "--seed").AddOption("execution.share", typed.Share, "--share");
    }

    // What --set, --epochs and --steps say, as assignments. Which of them a run that is there allows, the engine knows.
    public static string[] Changes(TrainArguments typed) =>
        typed switch
        {
            { Epochs: not null, Steps: not null } => throw new UserErrorException(
                "Give --epochs or --steps, not both: each sets the length of the run."
            ),
            { Epochs: { } epochs } => [.. typed.Set, $"training.epochs={epochs}", "training.steps=null"],
            { Steps: { } steps } => [.. typed.Set, $"training.steps={steps}"],
            _ => [.. typed.Set],
        };

    private static RunOptionsReader AddChanges(RunOptionsReader reader, TrainArguments typed)
    {
        Changes(typed);
        foreach (var assignment in typed.Set)
        {
            reader.AddAssignment(assignment);
        }

        return reader
            .AddOption("training.epochs", typed.Epochs, "--epochs")
            .AddOption("training.steps", typed.Epochs is null ? typed.Steps : "null", "--steps");
    }

    private static RunOptionsReader OwnOf(string folder) =>
        new RunOptionsReader().AddText(new RunFolder(folder).ReadConfig(), new RunFolder(folder).ConfigPath);

    private static RunOptions AddPlace(RunOptionsReader reader, TrainArguments typed)
    {
        var options = reader.AddOption("device", typed.Device, "--device").AddOption("data.path", typed.Data, "--data").Read();
        // The run may go on from another working folder.
        return options.Data.Path is { } path ? options with { Data = options.Data with { Path = Path.GetFullPath(path) } } : options;
    }

    private static void RefuseOtherSettings(RunOptions asked, RunOptions own, string folder)
    {
        var differences = OtherSettings.Of(asked, own, "device", "data.path");
        if (differences.Count > 0)
        {
            throw new WrongUsageException(
                $"`{folder}` holds a run with other settings; choose another --out, or go on with its own: {ShellText.Resume(folder)}\n  "
                    + $"{string.Join("\n  ", differences)}"
            );
        }
    }

    // The options that were typed and that a run which is there has settings of its own for, once and for all.
    public static IEnumerable<string> Given(TrainArguments typed) =>
        new[]
        {
            ("--preset", typed.Preset),
            ("--config", typed.Config),
            ("--out", typed.Out),
            ("--seed", typed.Seed),
            ("--share", typed.Share),
            ("--init-from", typed.InitFrom),
        }
            .Where(option => option.Item2 is not null)
            .Select(option => option.Item1);

    private static string FreeFolder(string name) =>
        Enumerable
            .Range(1, int.MaxValue)
            .Select(number => Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{number}")))
            .First(folder => !Directory.Exists(folder));
}
