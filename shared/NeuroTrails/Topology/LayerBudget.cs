using NeuroTrails.Models;

namespace NeuroTrails.Topology;

/// <summary>How many weights of one tensor are active.</summary>
/// <param name="Spec">The tensor.</param>
/// <param name="Active">Active positions, 1 to <see cref="TensorSpec.Count"/>.</param>
public sealed record LayerBudget(TensorSpec Spec, long Active)
{
    /// <summary>Share of the tensor that is active, above 0, at most 1.</summary>
    public double Density => (double)Active / Spec.Count;

    /// <summary>Whether every position is active, so that the tensor needs no mask.</summary>
    public bool IsDense => Active == Spec.Count;
}
