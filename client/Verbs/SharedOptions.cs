using System.CommandLine;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options that several verbs have.</summary>
internal static class SharedOptions
{
    /// <summary>Settings that come with the program.</summary>
    public static Option<string?> Preset() =>
        new("--preset") { Description = $"Settings that come with the program: {string.Join(", ", Presets.Names)}", HelpName = "NAME" };

    /// <summary>Settings of the user's own.</summary>
    public static Option<string?> Config() =>
        new("--config") { Description = "Settings of your own, over the preset's where both are given", HelpName = "FILE.yaml" };

    /// <summary>The run to look at.</summary>
    public static Option<string> Run() =>
        new("--run")
        {
            Description = "Folder of the run",
            HelpName = "RUN",
            Required = true,
        };

    /// <summary>Which of its checkpoints.</summary>
    public static Option<string> Checkpoint() =>
        new("--checkpoint")
        {
            Description = "Which checkpoint: last, best (on the validation split) or a step",
            HelpName = "last|best|STEP",
            DefaultValueFactory = _ => "last",
        };

    /// <summary>Where to compute.</summary>
    public static Option<string?> Device() =>
        new("--device") { Description = "auto, cpu, cuda, cuda:N or a list such as cuda:0,cuda:1", HelpName = "DEVICE" };

    /// <summary>What is printed of telemetry.</summary>
    public static Option<string?> Telemetry()
    {
        var option = new Option<string?>("--telemetry")
        {
            Description =
                "console prints the run's metrics and spans as well, console:all those of the calls between grains too; OTLP by the "
                + "standard OTEL_* variables",
            HelpName = "console|console:all",
        };
        return option.AcceptOnlyFromAmong("console", "console:all");
    }

    /// <summary>Reads <see cref="Telemetry"/>.</summary>
    public static ConsoleTelemetry ReadTelemetry(string? text) =>
        text switch
        {
            "console" => ConsoleTelemetry.Own,
            "console:all" => ConsoleTelemetry.All,
            _ => ConsoleTelemetry.None,
        };

    /// <summary>Whether a report is written at the end.</summary>
    /// <param name="what">What ends: <c>run</c>.</param>
    public static Option<bool> Report(string what) =>
        new("--report")
        {
            Description = $"Also writes a report when the {what} has ended, to report/ in its folder, as the verb report does",
        };

    /// <summary>Whether an output may replace what is there.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Replaces the output file where one is there already" };

    /// <summary>Reads <see cref="Checkpoint"/>.</summary>
    /// <exception cref="UserErrorException">The text names none.</exception>
    public static CheckpointChoice ReadCheckpoint(string? text) =>
        CheckpointChoice.TryParse(text, out var choice)
            ? choice
            : throw new UserErrorException($"--checkpoint: `{text}` is neither last nor best nor a step number, which are allowed.");

    /// <summary>The absolute path of a folder that must hold a run.</summary>
    /// <exception cref="UserErrorException">It holds none.</exception>
    public static string ExistingRun(string? path, string option)
    {
        var folder = Path.GetFullPath(string.IsNullOrEmpty(path) ? "." : path);
        if (new RunFolder(folder).HoldsRun)
        {
            return folder;
        }

        var seen = Directory.Exists(folder) ? "it holds no config.yaml" : "there is no such folder";
        throw new UserErrorException(
            $"{option}: `{path}` is not a run: {seen}. Name a run's folder, which holds its config.yaml.{Neighbours(folder)}"
        );
    }

    private static string Neighbours(string folder)
    {
        var parent = Path.GetDirectoryName(folder);
        if (parent is null || !Directory.Exists(parent))
        {
            return string.Empty;
        }

        var runs = Directory
            .EnumerateDirectories(parent)
            .Where(other => new RunFolder(other).HoldsRun)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .Take(8)
            .ToList();
        return runs.Count == 0 ? string.Empty : $" Runs in {parent}: {string.Join(", ", runs)}.";
    }
}
