namespace NeuroTrails.Models;

/// <summary>How large an ensemble is, computed from its declarations; nothing is allocated and nothing measured.</summary>
/// <param name="Parameters">Trained values of the dense network or ensemble, norms and biases included.</param>
/// <param name="ActiveParameters">Of these, the ones that masks leave active.</param>
/// <param name="MaskedParameters">Trained values that stand under a mask (or would, at density 1).</param>
/// <param name="Macs">Multiply-adds for one sample through the dense backbone and every head.</param>
/// <param name="ActiveMacs">Of these, the ones whose weight is active: what a runtime that skips zeros would have to do.</param>
public sealed record NetworkSize(long Parameters, long ActiveParameters, long MaskedParameters, long Macs, long ActiveMacs)
{
    /// <summary>Active positions of the masked tensors: what checkpoints hold, and what prune and regrow keeps the same.</summary>
    public long ActiveWeights => ActiveParameters - (Parameters - MaskedParameters);

    /// <summary>So many networks of this size.</summary>
    /// <param name="count">How many.</param>
    public NetworkSize Copies(int count) =>
        new(Parameters * count, ActiveParameters * count, MaskedParameters * count, Macs * count, ActiveMacs * count);

    /// <summary>One network that computes so many times for a sample.</summary>
    /// <param name="count">How many times.</param>
    public NetworkSize Passes(int count) => this with { Macs = Macs * count, ActiveMacs = ActiveMacs * count };

    /// <summary>The same with multiply-adds that no mask spares: products of activations with each other.</summary>
    /// <param name="macs">How many for one sample.</param>
    public NetworkSize With(long macs) => this with { Macs = Macs + macs, ActiveMacs = ActiveMacs + macs };

    /// <summary>Adds up tensors.</summary>
    /// <param name="tensors">Trained tensors of all owners, each with the number of its active values.</param>
    public static NetworkSize Of(IEnumerable<(TensorSpec Spec, long Active)> tensors)
    {
        var size = new NetworkSize(0, 0, 0, 0, 0);
        foreach (var (spec, active) in tensors)
        {
            size = new(
                size.Parameters + spec.Count,
                size.ActiveParameters + active,
                size.MaskedParameters + (spec.Maskable ? spec.Count : 0),
                size.Macs + spec.Macs,
                size.ActiveMacs + (active * spec.Uses)
            );
        }

        return size;
    }
}
