using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>One forward pass: what a block may need besides its input and tensors.</summary>
/// <param name="Training">Whether norms use the batch's statistics (and update the running ones) and dropout drops.</param>
/// <param name="Arithmetic">Type that activations and products are computed in; weights are cast
/// to it on use, so gradients reach the float32 masters.</param>
/// <param name="Generator">The owner's own generator; the only source of randomness (dropout).</param>
public readonly record struct Pass(bool Training, ScalarType Arithmetic, Generator Generator)
{
    /// <summary>Whether dropout drops in evaluation too: the same positions of every sample, so that a prediction does not depend on the
    /// samples beside it.</summary>
    public bool SamplesDropout { get; init; }

    /// <summary>Share of a batch's statistics that goes into the running ones of norms; null for the usual one.</summary>
    public double? NormMomentum { get; init; }

    /// <summary>A weight in the pass's arithmetic: the tensor itself where it already is.</summary>
    /// <param name="weight">Any floating tensor.</param>
    public Tensor Cast(Tensor weight) => weight.dtype == Arithmetic ? weight : weight.to_type(Arithmetic);
}
