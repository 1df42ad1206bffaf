namespace NeuroTrails.Configuration;

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
