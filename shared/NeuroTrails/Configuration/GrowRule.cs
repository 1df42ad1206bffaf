namespace NeuroTrails.Configuration;

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
