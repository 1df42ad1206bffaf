namespace NeuroTrails.Configuration;

/// <summary>Where good practice and the authors' published code differ: which of them a run follows.</summary>
public enum Compatibility
{
    /// <summary>Exact mask counts, no topology update at the last step.</summary>
    GoodPractice,

    /// <summary>Initial masks drawn position by position, an update at the very last step, and
    /// prune counts with the rounding of the published code.</summary>
    Official,
}
