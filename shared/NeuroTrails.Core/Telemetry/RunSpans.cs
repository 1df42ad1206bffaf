using System.Diagnostics;

namespace NeuroTrails.Telemetry;

/// <summary>The spans of a run: <c>step</c> holds a <c>head</c> for each head, on whichever silo, and <c>topology</c> where it is due;
/// <c>checkpoint</c> and <c>evaluate</c> stand beside it.</summary>
/// <remarks>Each method returns <see langword="null"/> where nobody listens, so that <c>using var span = RunSpans.Step(…)</c> then costs a
/// test of a flag.</remarks>
public static class RunSpans
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source, TelemetryNames.Version);

    /// <summary>One training step.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="generation">The run's generation.</param>
    /// <param name="step">The step, from 1.</param>
    public static Activity? Step(string run, long generation, long step) =>
        At("step", step)?.SetTag(TelemetryNames.RunTag, run).SetTag(TelemetryNames.GenerationTag, generation);

    /// <summary>One head's share of a step.</summary>
    /// <param name="head">Index of the head, from 0.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="parent">The step's span where it is not the current one, because the head works elsewhere.</param>
    public static Activity? Head(int head, long step, ActivityContext parent = default)
    {
        // Tested first so that a step without listeners makes no text or boxes.
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = parent == default ? Source.StartActivity("head") : Source.StartActivity("head", ActivityKind.Internal, parent);
        return span?.SetTag(TelemetryNames.HeadTag, head).SetTag(TelemetryNames.StepTag, step);
    }

    /// <summary>One topology update of the whole network.</summary>
    /// <param name="step">The step after which it happens.</param>
    public static Activity? Topology(long step) => At("topology", step);

    /// <summary>Writing and committing one checkpoint.</summary>
    /// <param name="step">The step whose state it holds.</param>
    public static Activity? Checkpoint(long step) => At("checkpoint", step);

    /// <summary>Measuring the ensemble.</summary>
    /// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="step">The step whose weights are measured.</param>
    public static Activity? Evaluate(string split, long step) => At("evaluate", step)?.SetTag(TelemetryNames.SplitTag, split);

    private static Activity? At(string name, long step)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // A run outlives the call that started it: all its steps would else belong to that call's trace, hours after it ended.
        if (Activity.Current is { } current && current.Source.Name != TelemetryNames.Source)
        {
            Activity.Current = null;
        }

        return Source.StartActivity(name)?.SetTag(TelemetryNames.StepTag, step);
    }
}
