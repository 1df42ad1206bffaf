namespace NeuroTrails.Configuration;

/// <summary>How activations and their gradients are handed over between backbone and heads.</summary>
public enum ActivationType
{
    /// <summary>In the type that is computed in.</summary>
    Arithmetic,

    /// <summary>Rounded to bfloat16: half the bytes between silos, and 8 significant bits.</summary>
    [SettingValue("bf16")]
    Bfloat16,
}
