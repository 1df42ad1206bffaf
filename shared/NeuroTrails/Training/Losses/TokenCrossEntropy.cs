using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Losses;

/// <summary>Cross-entropy of the next token, the loss of every head of a language model.</summary>
public static class TokenCrossEntropy
{
    /// <summary>Stands where no token is to be foretold: at a window's last position, and at padding.</summary>
    public const long None = -1;

    /// <summary>Sum over the targets of −log p(next token), in nats.</summary>
    /// <param name="logits_BLV">[B, L, V] float; bfloat16 is computed in float32.</param>
    /// <param name="next_BL">int64 [B, L], 0 to V−1, or <see cref="None"/>.</param>
    /// <returns>Scalar, attached to the graph of the logits.</returns>
    public static Tensor Sum(Tensor logits_BLV, Tensor next_BL)
    {
        ArgumentNullException.ThrowIfNull(logits_BLV);
        ArgumentNullException.ThrowIfNull(next_BL);
        using var scope = NewDisposeScope();
        // A sum over thousands of tokens has no place in 8 bits.
        var wide_BLV = logits_BLV.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? logits_BLV.to(ScalarType.Float32) : logits_BLV;
        return nn
            .functional.cross_entropy(wide_BLV.flatten(0, 1), next_BL.flatten(), ignore_index: None, reduction: nn.Reduction.Sum)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Targets whose token has the highest score.</summary>
    /// <param name="logits_BLV">[B, L, V].</param>
    /// <param name="next_BL">int64 [B, L], 0 to V−1, or <see cref="None"/>.</param>
    public static long Correct(Tensor logits_BLV, Tensor next_BL)
    {
        ArgumentNullException.ThrowIfNull(logits_BLV);
        ArgumentNullException.ThrowIfNull(next_BL);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return logits_BLV.argmax(2).eq(next_BL).sum().ToInt64();
    }

    /// <summary>Labels that count in the loss: all of a batch's samples, or the targets of its texts.</summary>
    /// <param name="labels">int64 [B], or the next tokens [B, L].</param>
    public static long Targets(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return labels.dim() == 1 ? labels.shape[0] : labels.ne(Execution.Scalars.Of(None)).sum().ToInt64();
    }
}
