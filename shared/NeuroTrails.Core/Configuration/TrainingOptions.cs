namespace NeuroTrails.Configuration;

/// <summary>Length of a run, its batches, its optimiser.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training split, above 0, at most 1,000,000. Ignored where <see cref="Steps"/> is set. Default 10.</summary>
    [Allowed(Above = 0, AtMost = 1_000_000)]
    public double Epochs { get; init; } = 10;

    /// <summary>Optimiser steps, 1 to 1,000,000,000; empty means by <see cref="Epochs"/>.</summary>
    [Allowed(AtLeast = 1, AtMost = 1_000_000_000)]
    public int? Steps { get; init; }

    /// <summary>Samples a step, 1 to 65,536 (at least 2 in each micro-batch where a batch norm has maps of 1×1). Default 128.</summary>
    [Allowed(AtLeast = 1, AtMost = 65_536)]
    public int Batch { get; init; } = 128;

    /// <summary>Parts that each batch is computed in, one after the other, their gradients added before the step, 1 to <see cref="Batch"/>
    /// and a divisor of it. Norms take the statistics of each part, so that the number changes what is learnt. In a cluster one part
    /// travels while others are computed. Default 1.</summary>
    [Allowed(AtLeast = 1, AtMost = 65_536)]
    public int MicroBatches { get; init; } = 1;

    /// <summary>Type in which activations reach the heads and their gradients come back, inside a process as between silos. Default
    /// <see cref="ActivationType.Arithmetic"/>.</summary>
    public ActivationType ActivationDtype { get; init; } = ActivationType.Arithmetic;

    /// <summary>The optimiser. Default <see cref="OptimizerKind.Sgd"/>.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Peak learning rate, above 0, at most 3e38, about what float32 holds. Default 0.1.</summary>
    [Allowed(Above = 0, AtMost = 3e38)]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Momentum of SGD, 0 to below 1. Default 0.9.</summary>
    [Allowed(AtLeast = 0, Below = 1)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Nesterov's form of the momentum. Default true.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>Decay rates of Adam's two moments, each 0 to below 1. Default 0.9, 0.999.</summary>
    [Allowed(AtLeast = 0, Below = 1, MinItems = 2, MaxItems = 2)]
    public IReadOnlyList<double> Betas { get; init; } = [0.9, 0.999];

    /// <summary>Adam's ε, above 0, at most 1. Default 1e-8.</summary>
    [Allowed(Above = 0, AtMost = 1)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weight decay on every parameter (coupled in SGD and Adam, decoupled in AdamW), 0 to 1,000,000. Default 5e-4.</summary>
    [Allowed(AtLeast = 0, AtMost = 1_000_000)]
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>The learning rate's course. Default <see cref="LearningRateScheduleKind.Cosine"/>.</summary>
    public LearningRateScheduleKind Schedule { get; init; } = LearningRateScheduleKind.Cosine;

    /// <summary>Shares of the run at which <see cref="LearningRateScheduleKind.MultiStep"/> multiplies the rate by <see cref="Gamma"/>,
    /// ascending, each in (0, 1). Default 0.25, 0.5, 0.75.</summary>
    [Allowed(Above = 0, Below = 1, MaxItems = 1000)]
    public IReadOnlyList<double> Milestones { get; init; } = [0.25, 0.5, 0.75];

    /// <summary>Factor at each milestone, above 0, at most 1. Default 0.1.</summary>
    [Allowed(Above = 0, AtMost = 1)]
    public double Gamma { get; init; } = 0.1;

    /// <summary>Share of the run over which the rate rises linearly, 0 to below 1 (one-cycle: share of the rise). Default 0.</summary>
    [Allowed(AtLeast = 0, Below = 1)]
    public double Warmup { get; init; }

    /// <summary>Rate at the end of cosine and one-cycle, as a share of the peak, 0 to 1. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1)]
    public double FinalShare { get; init; }

    /// <summary>Share of the target spread evenly over all classes, 0 to below 1. Default 0.</summary>
    [Allowed(AtLeast = 0, Below = 1)]
    public double LabelSmoothing { get; init; }

    /// <summary>How much a sample counts in the loss of every head, by its class; from the training labels as they are when the run starts.
    /// Default <see cref="ClassWeighting.None"/>.</summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>Largest norm of the whole gradient, over all owners, above 0, at most 1e12; empty means no clipping.</summary>
    [Allowed(Above = 0, AtMost = 1e12)]
    public double? ClipNorm { get; init; }

    /// <summary>Arithmetic. Default <see cref="Precision.Float32"/>.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>What happens when a loss or gradient is not finite. Default <see cref="NonFiniteRule.Stop"/>.</summary>
    public NonFiniteRule NonFinite { get; init; } = NonFiniteRule.Stop;
}

/// <summary>The optimisers.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam with coupled weight decay.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    [SettingValue("adamw")]
    AdamW,
}

/// <summary>Courses of the learning rate.</summary>
public enum LearningRateScheduleKind
{
    /// <summary>The same rate throughout, after the warm-up.</summary>
    Constant,

    /// <summary>Multiplied by gamma at each milestone.</summary>
    MultiStep,

    /// <summary>Linear warm-up, then half a cosine.</summary>
    Cosine,

    /// <summary>Linear rise, then a cosine fall to the final share.</summary>
    OneCycle,
}

/// <summary>How much a sample counts in the loss.</summary>
public enum ClassWeighting
{
    /// <summary>All samples the same.</summary>
    None,

    /// <summary>Inversely to how many training samples its class has; the mean over the training samples is 1.</summary>
    Balanced,
}

/// <summary>Arithmetic of a run.</summary>
public enum Precision
{
    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Double precision: for comparisons, not for speed.</summary>
    Float64,

    /// <summary>bfloat16 arithmetic with float32 master weights; CUDA only.</summary>
    Bfloat16,
}

/// <summary>What happens when a loss or a gradient is not finite.</summary>
public enum NonFiniteRule
{
    /// <summary>The run stops, naming step and owner.</summary>
    Stop,

    /// <summary>Nobody applies the step; the run goes on with the next one.</summary>
    Skip,
}

/// <summary>How activations and their gradients are handed over between backbone and heads.</summary>
public enum ActivationType
{
    /// <summary>In the type that is computed in.</summary>
    Arithmetic,

    /// <summary>Rounded to bfloat16: half the bytes between silos, and 8 significant bits.</summary>
    [SettingValue("bf16")]
    Bfloat16,
}
