using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Training;
using NeuroTrails.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Methods;

/// <summary>A head as its method sees it.</summary>
/// <param name="Plan">The run's plan.</param>
/// <param name="Head">Which head.</param>
/// <param name="Tensors">What it holds.</param>
public sealed record HeadPass(RunPlan Plan, OwnerId Head, OwnerTensors Tensors)
{
    /// <summary>What the method made for training beside the tensors; see <see cref="EnsembleMethod.Assist"/>.</summary>
    public IDisposable? Assistant { get; init; }

    /// <summary>Labels of the whole batch that count; only in training.</summary>
    public long Targets { get; init; }

    /// <summary>Class scores by the head's own weights.</summary>
    /// <param name="input_B">[B, …], in the run's arithmetic.</param>
    /// <param name="training">Training or evaluation mode.</param>
    /// <returns>[B, outputs] in the masters' type.</returns>
    public Tensor Forward(Tensor input_B, bool training) => Forward(input_B, Tensors.Root, training);

    /// <summary>Class scores by other weights.</summary>
    /// <param name="input_B">[B, …], in the run's arithmetic.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="training">Training or evaluation mode.</param>
    /// <returns>[B, outputs] in the masters' type.</returns>
    public Tensor Forward(Tensor input_B, TensorNode weights, bool training) =>
        Plan.Head.Forward(input_B, weights, new(training, Plan.Arithmetic, Tensors.Generator)).to_type(Plan.MasterType);

    /// <summary>The run's loss of scores of one or several members.</summary>
    /// <param name="logits_RC">[rows, C], or of texts [B, L, C].</param>
    /// <param name="labels_R">int64 [rows], or of texts the next tokens [B, L], −1 where there is none.</param>
    /// <param name="members">Members that each sample has a row of; their losses are summed.</param>
    public HeadLoss Loss(Tensor logits_RC, Tensor labels_R, int members = 1)
    {
        if (Plan.IsText)
        {
            // Parts of a batch may have different numbers of targets: their losses add up to the batch's mean, times the number of parts.
            var share = (double)Plan.MicroBatches / Targets;
            return new(
                TokenCrossEntropy.Sum(logits_RC, labels_R).mul(Scalars.Of(share)),
                1,
                TokenCrossEntropy.Correct(logits_RC, labels_R)
            );
        }

        var loss = CrossEntropy.Mean(logits_RC, labels_R, Plan.Options.Training.LabelSmoothing, Plan.ClassWeights);
        return new(loss, members, Correct(logits_RC, labels_R) / members);
    }

    /// <summary>Rows whose highest score is that of their label.</summary>
    /// <param name="logits_RC">[rows, C].</param>
    /// <param name="labels_R">int64 [rows].</param>
    public static long Correct(Tensor logits_RC, Tensor labels_R)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return logits_RC.argmax(1).eq(labels_R).sum().ToInt64();
    }
}

/// <summary>A head's loss for a part of a batch.</summary>
/// <param name="Loss">Mean over rows, a scalar; its gradient is wanted where it requires one. Of texts: what the part adds to the mean over
/// the batch's tokens, times the number of parts.</param>
/// <param name="Factor">Factor on it before the backward pass.</param>
/// <param name="Correct">Samples classified rightly, on the members' average.</param>
public readonly record struct HeadLoss(Tensor Loss, double Factor, long Correct);

/// <summary>What the validation split said.</summary>
/// <param name="Nll">Of the ensemble, in nats.</param>
/// <param name="MemberAccuracy">Of each member, 0 to 1.</param>
public readonly record struct Measured(double Nll, IReadOnlyList<double> MemberAccuracy);
