using NeuroTrails.Execution;
using static TorchSharp.torch;

namespace NeuroTrails.Training.Losses;

/// <summary>Cross-entropy with label smoothing (Szegedy et al. 2016), the loss of every head.</summary>
/// <remarks>Made of a few basic operations, the same on grains and in the monolithic oracle, so that both give the same bits.</remarks>
public static class CrossEntropy
{
    /// <summary>Mean over the batch of −Σ_c q_c log p_c, where q gives the label 1 − s and spreads s over all classes.</summary>
    /// <param name="logits_BC">[B, C] float; bfloat16 is computed in float32.</param>
    /// <param name="labels_B">[B] int64, 0 to C−1.</param>
    /// <param name="labelSmoothing">s, 0 to below 1.</param>
    /// <param name="weights_C">How much a sample counts, by its class; null where all count the same. The sum is divided by the number of
    /// samples, not by the sum of weights, so that parts of a batch add up.</param>
    /// <returns>Scalar, at least 0, attached to the graph of the logits.</returns>
    public static Tensor Mean(Tensor logits_BC, Tensor labels_B, double labelSmoothing = 0, IReadOnlyList<float>? weights_C = null)
    {
        ArgumentNullException.ThrowIfNull(logits_BC);
        ArgumentNullException.ThrowIfNull(labels_B);
        using var scope = NewDisposeScope();
        var wide_BC = logits_BC.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? logits_BC.to(ScalarType.Float32) : logits_BC;
        var logProbability_BC = wide_BC.log_softmax(1);
        if (weights_C is not null)
        {
            // Weighing the log-probabilities weighs both parts of the loss below.
            var weight_C = tensor([.. weights_C], dtype: wide_BC.dtype, device: wide_BC.device);
            logProbability_BC = logProbability_BC.mul(weight_C.index_select(0, labels_B).unsqueeze(1));
        }

        var loss = logProbability_BC.gather(1, labels_B.unsqueeze(1)).mean().neg();
        if (labelSmoothing != 0)
        {
            loss = loss.mul(Scalars.Of(1 - labelSmoothing)).add(logProbability_BC.mean(), Scalars.Of(-labelSmoothing));
        }

        return loss.MoveToOuterDisposeScope();
    }
}
