using NeuroTrails.Checkpoints;
using NeuroTrails.Client.Cli;
using NeuroTrails.Configuration;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Status;

/// <summary>A run as <c>status --json</c> and <c>runs --json</c> tell of it; the names are
/// documented in docs/command-line.md and stay.</summary>
internal sealed record RunReport
{
    public required string Run { get; init; }

    public required string State { get; init; }

    public string? Writer { get; init; }

    public long? Step { get; init; }

    public long? TotalSteps { get; init; }

    public double? Loss { get; init; }

    public double? Accuracy { get; init; }

    public string? AccuracySplit { get; init; }

    public double? SecondsLeft { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public double? AgeSeconds { get; init; }

    public string? Model { get; init; }

    public string? Data { get; init; }

    public int? Heads { get; init; }

    public double? Density { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyList<long>? Checkpoints { get; init; }

    public BestCheckpoint? Best { get; init; }

    public RunFailure? Failure { get; init; }

    public string? Resume { get; init; }

    public string? StartAnew { get; init; }

    public string? Problem { get; init; }

    public IReadOnlyList<string>? Damage { get; init; }

    public RunSummary? Summary { get; init; }

    // Reads a run that may be damaged: what is wrong with it is part of the report.
    public static RunReport Read(string shown, TimeProvider time)
    {
        try
        {
            return Of(shown, RunStatus.Read(new RunFolder(shown), time), time);
        }
        catch (Exception fault) when (fault is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return new()
            {
                Run = shown,
                State = "unreadable",
                Problem = string.Join(' ', fault.Message.Split('\n', StringSplitOptions.TrimEntries)),
            };
        }
    }

    public static RunReport Of(string shown, RunStatus status, TimeProvider time)
    {
        var options = status.Options;
        return new()
        {
            Run = shown,
            State = status.State,
            Writer = status.Writer,
            Step = status.Step,
            TotalSteps = status.TotalSteps,
            Loss = status.Metrics.Step is { } line ? MetricsTail.Mean(line, "head_loss") : null,
            Accuracy = status.Accuracy?.Value,
            AccuracySplit = status.Accuracy?.Split,
            SecondsLeft = status.Remaining?.TotalSeconds,
            Updated = status.Updated,
            AgeSeconds = Math.Max(0, (time.GetUtcNow() - status.Updated).TotalSeconds),
            Model = options.Model.Name,
            Data = options.Data.Name,
            Heads = options.Ensemble.Heads,
            Density = options.Topology.Density,
            Seed = options.Seed,
            Checkpoints = [.. status.Checkpoints.Select(entry => entry.Step)],
            Best = status.Best,
            Failure = status.State == "failed" ? status.Failure : null,
            Resume = status.State switch
            {
                "stopped" => ShellText.Resume(shown),
                "failed" when !status.Failure!.ComesAgain => ShellText.Resume(shown),
                _ => null,
            },
            StartAnew = status is { State: "failed", Failure: { ComesAgain: true } failure } ? Anew(shown, options, failure) : null,
            Summary = status.Summary,
        };
    }

    private static string Anew(string shown, RunOptions options, RunFailure failure)
    {
        var folder = Enumerable
            .Range(2, int.MaxValue - 2)
            .Select(number => $"{Path.TrimEndingDirectorySeparator(shown)}-{number}")
            .First(folder => !Path.Exists(folder));
        string[] change =
            failure.Cause == FailureCause.Diverged
                ?
                [
                    "--set",
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"training.learning_rate={options.Training.LearningRate / 10:G4}"
                    ),
                ]
                : [];
        return ShellText.Command("train", ["--config", Path.Combine(shown, "config.yaml"), .. change, "--out", folder]);
    }
}
