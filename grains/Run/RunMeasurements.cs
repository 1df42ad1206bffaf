using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Telemetry;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>When a run measures itself, and how: a measurement may be given up, and is then made up for.</summary>
internal sealed class RunMeasurements(
    RunDefinition run,
    RunPlan plan,
    OwnerRoster owners,
    RunBook book,
    UpdateLog updates,
    TimeProvider time
)
{
    private const string Validation = "validation";
    private (string Split, StepId At, EnsembleFigures Measured)? _last;

    public StepDeadline Deadline { get; } = new(book, time);

    public bool IsDue(long step) => plan.IsMeasured(step);

    // Measures the checkpoint that the run goes on from, where it was asked to end while it did.
    public async Task MakeUp(StepId at, CancellationToken giveUp)
    {
        if (at.Step > 0 && IsDue(at.Step) && !book.HasMeasured(at.Step, Validation) && await Measure(Validation, at, giveUp) is { } owed)
        {
            book.RecordBest(at.Step, owed);
        }
    }

    // Measures a split; null where that was given up.
    public async Task<EnsembleFigures?> Measure(string split, StepId at, CancellationToken giveUp)
    {
        if (_last is { } last && last.Split == split && last.At == at)
        {
            return last.Measured;
        }

        using var span = RunSpans.Evaluate(split, at.Step);
        var samples = run.Data.Samples(split);
        var request = new MeasureRequest(at.Generation, split, samples);
        try
        {
            var measuring = WatchedMeasurement.Run(owners.Backbone, request, updates.Add, time, giveUp);
            var steps = Math.Ceiling((double)samples / plan.Options.Training.Batch);
            var measured = await Deadline.InTime(measuring, at.Step, steps, $"the measurement of {split} data");
            book.Measured(at.Step, split, measured);
            _last = (split, at, measured);
            return measured;
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return null;
        }
    }
}
