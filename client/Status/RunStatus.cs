using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Grains;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Status;

/// <summary>What a run folder tells about its run; reads only, so that it can look at a run that is under way.</summary>
internal sealed record RunStatus
{
    /// <summary>Who is writing the folder, here or on another machine; null where nobody is.</summary>
    public required string? Writer { get; init; }

    /// <summary>The run's settings.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>The end of <c>metrics.jsonl</c>.</summary>
    public required MetricsTail Metrics { get; init; }

    /// <summary>Committed checkpoints, oldest first.</summary>
    public required IReadOnlyList<CheckpointEntry> Checkpoints { get; init; }

    /// <summary>The best checkpoint; null where none was measured.</summary>
    public required BestCheckpoint? Best { get; init; }

    /// <summary>The figures of a finished run; null before.</summary>
    public required RunSummary? Summary { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public required RunFailure? Failure { get; init; }

    /// <summary>When anything was last written.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary><c>finished</c>, <c>running</c>, <c>failed</c> or <c>stopped</c>.</summary>
    public string State =>
        Summary is not null ? "finished"
        : Writer is not null ? "running"
        : Failure is not null ? "failed"
        : "stopped";

    /// <summary>Steps done; null before the first.</summary>
    public long? Step => Summary?.Steps ?? (Metrics.Step is { } line && MetricsTail.Number(line, "step") is { } step ? (long)step : null);

    /// <summary>Steps of the whole run; null where they follow from the data and no step was taken yet.</summary>
    public long? TotalSteps => Summary?.Steps ?? Options.Training.Steps ?? StepsOfEpochs();

    /// <summary>The last accuracy of the ensemble, 0 to 1, and what it was measured on: test, validation, or, before any measurement, the
    /// heads' mean on a training batch.</summary>
    public (double Value, string Split)? Accuracy =>
        Summary is not null ? (Summary.Accuracy, Summary.Split)
        : Metrics.Measured is { } line && MetricsTail.Number(line, "accuracy") is { } measured
            ? (measured, line.GetProperty("split").ToString())
        : Metrics.Step is { } step && MetricsTail.Mean(step, "head_accuracy") is { } training ? (training, "train")
        : null;

    /// <summary>Estimated time to the end; null where the run is not under way.</summary>
    public TimeSpan? Remaining =>
        State == "running" && TotalSteps - Step is { } left && Metrics.SecondsPerStep is { } seconds
            ? TimeSpan.FromSeconds(left * seconds)
            : null;

    /// <summary>Reads a run folder.</summary>
    /// <param name="folder">A folder that holds a run.</param>
    /// <param name="time">Clock for the checkpoint store.</param>
    /// <exception cref="UserErrorException">Its configuration cannot be read.</exception>
    public static RunStatus Read(RunFolder folder, TimeProvider time)
    {
        var store = new CheckpointStore(folder.Path, time);
        return new RunStatus
        {
            Writer = RunLock.HolderOf(folder, time),
            Options = new RunOptionsReader().AddText(folder.ReadConfig(), folder.ConfigPath).Read(),
            Metrics = MetricsTail.Read(folder.MetricsPath),
            Checkpoints = store.List(),
            Best = store.Best,
            Summary = SummaryFile.Read(folder.SummaryPath),
            Failure = SummaryFile.ReadFailure(folder.SummaryPath),
            Updated = new[] { folder.ConfigPath, folder.MetricsPath, folder.SummaryPath }.Where(File.Exists).Max(File.GetLastWriteTimeUtc),
        };
    }

    // A step's line says how many epochs that is, and so how many steps an epoch has.
    private long? StepsOfEpochs() =>
        Metrics.Step is { } line && MetricsTail.Number(line, "step") is { } step && MetricsTail.Number(line, "epoch") is > 0 and var epoch
            ? Math.Max(1, (long)Math.Ceiling(Options.Training.Epochs * Math.Round(step / epoch)))
            : null;
}
