namespace NeuroTrails.Configuration;

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
