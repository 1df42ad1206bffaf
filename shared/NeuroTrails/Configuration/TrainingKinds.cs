namespace NeuroTrails.Configuration;

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
