namespace NeuroTrails.Configuration;

/// <summary>Masks and how they evolve.</summary>
public sealed record TopologyOptions
{
    /// <summary>Share of the masked weights that is active, over backbone and heads together;
    /// above 0, at most 1. 1 trains dense. Default 0.2.</summary>
    [Allowed(Above = 0, AtMost = 1)]
    public double Density { get; init; } = 0.2;

    /// <summary>How the density is distributed over layers. Default <see cref="DensityDistribution.Erk"/>.</summary>
    public DensityDistribution Distribution { get; init; } = DensityDistribution.Erk;

    /// <summary>Whether every layer is 1/√density as wide, so that a sparse layer widened on both sides costs the FLOPs of the dense one
    /// (Sparse-IFT). Exactly so with <see cref="DensityDistribution.Uniform"/>. Default false.</summary>
    public bool IsoFlops { get; init; }

    /// <summary>Density of the classifier under <see cref="DensityDistribution.ErkPlus"/>, above 0, at most 1. Default 1.</summary>
    [Allowed(Above = 0, AtMost = 1)]
    public double ClassifierDensity { get; init; } = 1.0;

    /// <summary>Which active weights an update drops. <see cref="DropRule.None"/> keeps masks fixed. Default
    /// <see cref="DropRule.Magnitude"/>.</summary>
    public DropRule Drop { get; init; } = DropRule.Magnitude;

    /// <summary>Exponents of <see cref="DropRule.SoftMagnitude"/> at the first and at the last step, linear between; above 0, at most 1000.
    /// Default 3, 3.</summary>
    [Allowed(Above = 0, AtMost = 1000, MinItems = 2, MaxItems = 2)]
    public IReadOnlyList<double> Temperature { get; init; } = [3.0, 3.0];

    /// <summary>Which inactive positions an update grows. Default <see cref="GrowRule.Gradient"/>.</summary>
    public GrowRule Grow { get; init; } = GrowRule.Gradient;

    /// <summary>Decay of the unmasked gradient average that <see cref="GrowRule.Momentum"/> keeps, 0 to below 1. Default 0.9.</summary>
    [Allowed(AtLeast = 0, Below = 1)]
    public double GradientDecay { get; init; } = 0.9;

    /// <summary>Steps between topology updates (ΔT), 1 to 1,000,000,000. Default null: a fiftieth of the run's steps, at least 1 and at
    /// most 1000, resolved when the run starts.</summary>
    [Allowed(AtLeast = 1, AtMost = 1_000_000_000)]
    public int? Every { get; init; }

    /// <summary>Share of a tensor's active weights that an update drops, at the first step, 0 to 1. Default 0.5.</summary>
    [Allowed(AtLeast = 0, AtMost = 1)]
    public double PruneRate { get; init; } = 0.5;

    /// <summary>The same share at the end of the schedule, 0 to 1. Default 0.005.</summary>
    [Allowed(AtLeast = 0, AtMost = 1)]
    public double PruneRateEnd { get; init; } = 0.005;

    /// <summary>Share of the run over which the prune rate falls by a cosine and updates happen, above 0, at most 1. Default 1.</summary>
    [Allowed(Above = 0, AtMost = 1)]
    public double UpdateUntil { get; init; } = 1.0;
}

/// <summary>How a global density becomes one per layer.</summary>
public enum DensityDistribution
{
    /// <summary>Erdős–Rényi kernel: in proportion to sum(shape)/prod(shape).</summary>
    Erk,

    /// <summary>Erdős–Rényi: in proportion to (inputs + outputs)/(inputs · outputs).</summary>
    Er,

    /// <summary>The same density in every layer.</summary>
    Uniform,

    /// <summary>ERK with the classifier at its own density, taken out of the budget.</summary>
    ErkPlus,
}

/// <summary>Which active weights a topology update drops.</summary>
public enum DropRule
{
    /// <summary>The smallest |w|.</summary>
    Magnitude,

    /// <summary>Survivors drawn without replacement with probability in proportion to |w|^T.</summary>
    SoftMagnitude,

    /// <summary>Half the smallest positive weights, half the negative ones closest to zero.</summary>
    Set,

    /// <summary>Nothing: masks stay as they are drawn.</summary>
    None,
}

/// <summary>Which inactive positions a topology update grows.</summary>
public enum GrowRule
{
    /// <summary>The largest |dense gradient| of this step (RigL).</summary>
    Gradient,

    /// <summary>Drawn uniformly (SET).</summary>
    Random,

    /// <summary>The largest |moving average of dense gradients|.</summary>
    Momentum,
}

/// <summary>Where good practice and the authors' published code differ: which of them a run follows.</summary>
public enum Compatibility
{
    /// <summary>Exact mask counts, no topology update at the last step.</summary>
    GoodPractice,

    /// <summary>Initial masks drawn position by position, an update at the very last step, and
    /// prune counts with the rounding of the published code.</summary>
    Official,
}
