using System.Reflection;

namespace NeuroTrails.Telemetry;

/// <summary>Names of everything that a run reports, in one place; <c>docs/telemetry.md</c> lists
/// them, and a test holds the two together.</summary>
public static class TelemetryNames
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Source = "NeuroTrails";

    /// <summary>Histogram, s: one training step, all owners.</summary>
    public const string StepDuration = "neurotrails.step.duration";

    /// <summary>Gauge: the newest training loss of a head, in nats; tag <see cref="HeadTag"/>.</summary>
    public const string Loss = "neurotrails.loss";

    /// <summary>Gauge: the newest accuracy, 0 to 1; tag <see cref="SplitTag"/>, and
    /// <see cref="HeadTag"/> where it is a head's and not the ensemble's.</summary>
    public const string Accuracy = "neurotrails.accuracy";

    /// <summary>Gauge: the newest figure of the ensemble, of any metric; tags <see cref="SplitTag"/> and <see cref="MetricTag"/>.</summary>
    public const string Figure = "neurotrails.figure";

    /// <summary>Gauge: active over masked weights, 0 to 1; tag <see cref="OwnerTag"/>.</summary>
    public const string Density = "neurotrails.density";

    /// <summary>Counter, {weight}: weights dropped; tag <see cref="OwnerTag"/>.</summary>
    public const string Dropped = "neurotrails.topology.dropped";

    /// <summary>Counter, {weight}: weights grown; tag <see cref="OwnerTag"/>.</summary>
    public const string Grown = "neurotrails.topology.grown";

    /// <summary>Counter, {update}: topology updates of the whole network.</summary>
    public const string TopologyUpdates = "neurotrails.topology.updates";

    /// <summary>Histogram, s: writing and committing one checkpoint.</summary>
    public const string CheckpointDuration = "neurotrails.checkpoint.duration";

    /// <summary>Counter, {recovery}: times a run went back to its last checkpoint by itself.</summary>
    public const string Recoveries = "neurotrails.recoveries";

    /// <summary>Counter, {sample}: samples trained on.</summary>
    public const string Samples = "neurotrails.samples";

    /// <summary>Observable gauge, {tensor}: tensors alive in this process.</summary>
    public const string LiveTensors = "neurotrails.memory.live_tensors";

    /// <summary>Observable gauge, By: resident memory of this process.</summary>
    public const string ResidentMemory = "neurotrails.memory.resident";

    /// <summary>Observable counter, By: bytes of tensors that other silos have fetched from this one.</summary>
    public const string TensorsSent = "neurotrails.tensors.sent";

    /// <summary>Tag: index of a head, from 0.</summary>
    public const string HeadTag = "head";

    /// <summary>Tag: <c>backbone</c> or <c>head-0</c>, <c>head-1</c>, ….</summary>
    public const string OwnerTag = "owner";

    /// <summary>Tag: a metric's name, such as <c>nll</c>.</summary>
    public const string MetricTag = "metric";

    /// <summary>Tag: <c>train</c>, <c>validation</c> or <c>test</c>.</summary>
    public const string SplitTag = "split";

    /// <summary>Tag of spans: the run's id.</summary>
    public const string RunTag = "neurotrails.run";

    /// <summary>Tag of spans: the run's generation, which rises with every recovery.</summary>
    public const string GenerationTag = "neurotrails.generation";

    /// <summary>Tag of spans: the step, from 1.</summary>
    public const string StepTag = "neurotrails.step";

    /// <summary>Version of meter and source: that of this library.</summary>
    public static string Version { get; } =
        typeof(TelemetryNames).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
