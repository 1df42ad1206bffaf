namespace NeuroTrails.Configuration;

/// <summary>How the heads' outputs become one prediction.</summary>
public enum PredictionRule
{
    /// <summary>Mean of the heads' softmax outputs.</summary>
    Probabilities,

    /// <summary>Softmax of the heads' mean logits, as the authors' code does.</summary>
    Logits,
}
