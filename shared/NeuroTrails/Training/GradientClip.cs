namespace NeuroTrails.Training;

/// <summary>What clipping makes of a gradient.</summary>
/// <param name="Norm">Norm of the whole gradient, over all owners.</param>
/// <param name="Scale">Factor on every gradient, at most 1.</param>
public readonly record struct GradientClip(double Norm, double Scale)
{
    /// <summary>Combines the owners' squared norms in fixed order: the backbone, then the heads.</summary>
    /// <param name="backbone">Squared norm of the backbone's gradients.</param>
    /// <param name="heads">Squared norms of the heads' gradients, in the order of the heads.</param>
    /// <param name="limit">Largest norm allowed; absent for none.</param>
    public static GradientClip Combine(double backbone, IEnumerable<double> heads, double? limit)
    {
        var norm = Math.Sqrt(heads.Aggregate(backbone, (sum, squared) => sum + squared));

        // The 1e-6 of torch's clip_grad_norm_, so that runs can be compared.
        return new(norm, limit is { } allowed ? Math.Min(1.0, allowed / (norm + 1e-6)) : 1.0);
    }
}
