using NeuroTrails.Data;

namespace NeuroTrails.Configuration;

/// <summary>Everything that determines a run; written, with every default resolved, to <c>config.yaml</c> in the run folder.</summary>
/// <remarks>YAML keys are the property names in <c>snake_case</c>, nested by section: <c>topology.density</c>,
/// <c>training.batch</c>.</remarks>
public sealed record RunOptions
{
    /// <summary>Seed of the run; every owner's generator and the data order derive from it. 0 to 2^63−1; default 1.</summary>
    [Allowed(AtLeast = 0)]
    public long Seed { get; init; } = 1;

    /// <summary>Where owners live: <c>auto</c> (CUDA when there is one, else CPU), <c>cpu</c>, <c>cuda</c> or a list such as
    /// <c>cuda:0,cuda:1</c>. Default <c>auto</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>What is learnt from.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>The network that is cut into backbone and heads.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>The ensemble: how many heads, where the network is cut, how their losses and predictions combine.</summary>
    public EnsembleOptions Ensemble { get; init; } = new();

    /// <summary>Masks: how dense, how distributed, how they evolve.</summary>
    public TopologyOptions Topology { get; init; } = new();

    /// <summary>Length, batch, optimiser and learning rate.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>How often the run's state is made durable, and what is kept.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    /// <summary>How often the run is measured while it trains.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>What the run tells other programs of itself.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Threads; part of the run, because they are part of its bits.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary><c>good_practice</c> (default) or <c>official</c>, which reproduces behaviours of the authors' published code.</summary>
    public Compatibility Compatibility { get; init; } = Compatibility.GoodPractice;
}
