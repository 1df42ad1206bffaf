namespace NeuroTrails.Configuration;

/// <summary>How the heads' losses make up the loss of the run.</summary>
public enum LossCombination
{
    /// <summary>The sum over heads.</summary>
    Sum,

    /// <summary>The mean over heads, as in the paper's vision runs.</summary>
    Mean,
}
