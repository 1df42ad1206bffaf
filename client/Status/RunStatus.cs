using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Grains;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Status;

/// <summary>What a run folder tells about its run; reads only, so that it can look at a run that is under way.</summary>
internal sealed record RunStatus
{
    // Who is writing the folder, here or on another machine; null where nobody is.
    public required string? Writer { get; init; }

    public required RunOptions Options { get; init; }

    public required MetricsTail Metrics { get; init; }

    public required IReadOnlyList<CheckpointEntry> Checkpoints { get; init; }

    public required BestCheckpoint? Best { get; init; }

    public required RunSummary? Summary { get; init; }

    public required RunFailure? Failure { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public string State =>
        Summary is not null ? "finished"
        : Writer is not null ? "running"
        : Failure is not null ? "failed"
        : "stopped";

    public long? Step => Summary?.Steps ?? (Metrics.Step is { } line && MetricsTail.Number(line, "step") is { } step ? (long)step : null);

    // Steps of the whole run; null where they follow from the data and no step was taken yet.
    public long? TotalSteps => Summary?.Steps ?? Options.Training.Steps ?? StepsOfEpochs();

    // The last accuracy of the ensemble, 0 to 1, and what it was measured on: test, validation, or, before any measurement, the heads' mean
    // on a training batch.
    public (double Value, string Split)? Accuracy =>
        Summary is not null ? (Summary.Accuracy, Summary.Split)
        : Metrics.Measured is { } line && MetricsTail.Number(line, "accuracy") is { } measured
            ? (measured, line.GetProperty("split").ToString())
        : Metrics.Step is { } step && MetricsTail.Mean(step, "head_accuracy") is { } training ? (training, "train")
        : null;

    public TimeSpan? Remaining =>
        State == "running" && TotalSteps - Step is { } left && Metrics.SecondsPerStep is { } seconds
            ? TimeSpan.FromSeconds(left * seconds)
            : null;

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
