using NeuroTrails.Execution;
using NeuroTrails.Methods;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>A head's tensor work.</summary>
/// <param name="plan">The run's plan.</param>
/// <param name="owner">Which head.</param>
/// <param name="device">Where its tensors live.</param>
public sealed class HeadWorker(RunPlan plan, OwnerId owner, Device device) : OwnerWorker(plan, owner, device)
{
    private int _micro;
    private bool _assisted;
    private IDisposable? _assistant;
    private TokenScores? _scores;

    /// <summary>Whether a micro-batch follows on the last one.</summary>
    /// <param name="micro">Which micro-batch of the step, from 0; the first one always may come.</param>
    public bool IsTurn(int micro) => micro == 0 || micro == _micro;

    /// <summary>Forward, loss and backward of a micro-batch, to the head's parameters and to the activation.</summary>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <param name="micro">Which micro-batch of the step, from 0 and in order: the first one
    /// starts with no gradients, the others add theirs.</param>
    /// <param name="activation">The backbone's output [B, …]; any device, not changed.</param>
    /// <param name="labels">int64 [B], or the next tokens [B, L], −1 where there is none.</param>
    /// <param name="targets">Labels of the whole batch that count; of a text, its tokens that have a next one.</param>
    /// <returns>Loss, accuracy and the gradient of the activation in the type of <see cref="RunPlan.HandOver"/>, which the caller owns; no
    /// values where the backbone learns nothing.</returns>
    public HeadGradient Backward(long step, int micro, Tensor activation, Tensor labels, long targets)
    {
        using var turn = Kernels.Enter(nameof(Backward), activation);
        using var scope = NewDisposeScope();
        if (micro == 0)
        {
            _scores?.Dispose();
            _scores = null;
            KeepStatistics();
            Tensors.ClearGradients();
        }

        _micro = micro + 1;
        var input = Plan.ToArithmetic(activation.to(Tensors.Device)).detach().requires_grad_(Plan.BackboneLearns);
        var target = labels.to(Tensors.Device);
        if (!_assisted)
        {
            (_assisted, _assistant) = (true, Plan.Method.Assist(Seen));
        }

        var result = Plan.Method.Train(Seen with { Assistant = _assistant, Targets = targets }, step, input, target);
        if (result.Loss.requires_grad)
        {
            result.Loss.mul(Scalars.Of(Plan.LossScale * result.Factor)).backward();
        }

        using var noGrad = no_grad();
        return new(
            result.Loss.ToDouble(),
            result.Correct,
            Plan.Options.Training.ClipNorm is null || micro < Plan.MicroBatches - 1 ? null : SquaredGradientNorm(),
            (input.grad ?? empty([0], Plan.HandOver, input.device)).to_type(Plan.HandOver).to(activation.device).MoveToOuterDisposeScope()
        );
    }

    /// <summary>Class scores in evaluation mode.</summary>
    /// <param name="activation">The backbone's output [B, …].</param>
    /// <returns>Logits [members of the head, B, C] in the masters' type, on the CPU; of texts [1, B, L, C].</returns>
    public Tensor Infer(Tensor activation)
    {
        using var turn = Kernels.Enter(nameof(Infer), activation);
        RestoreStatistics();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Plan.Method.Infer(Seen, Plan.ToArithmetic(activation.to(Tensors.Device))).cpu().MoveToOuterDisposeScope();
    }

    /// <summary>What the head expects of a batch of texts: reduced, but for its scores, which stay here for <see cref="Look"/>.</summary>
    /// <param name="key">Names the batch.</param>
    /// <param name="activation">The backbone's output [B, …].</param>
    /// <param name="next">The next tokens [B, L], −1 where there is none.</param>
    public HeadTokens Score(int key, Tensor activation, Tensor next)
    {
        using var turn = Kernels.Enter(nameof(Score), activation);
        RestoreStatistics();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _scores?.Dispose();
        _scores = null;
        var logits_BLV = Plan.Method.Infer(Seen, Plan.ToArithmetic(activation.to(Tensors.Device)))[0];
        _scores = new(key, logits_BLV, next.to(Tensors.Device));
        return _scores.Of(Owner.Head, Math.Min(HeadTokens.Most, Plan.Data.Classes));
    }

    /// <summary>Probabilities of tokens in the batch that was scored last.</summary>
    /// <param name="key">Names the batch.</param>
    /// <param name="tokens_NK">K tokens for each of its N that have a next one.</param>
    /// <returns>[N, K]; null where another batch was scored since.</returns>
    public double[]? Look(int key, int[] tokens_NK)
    {
        using var noGrad = no_grad();
        return _scores?.Key == key ? _scores.Probabilities(tokens_NK) : null;
    }

    /// <summary>At the end of a step: what the method keeps, and whether another phase begins.</summary>
    /// <param name="step">Step, 1 to the plan's total.</param>
    /// <param name="measured">What the validation split said after it; null where it was not measured.</param>
    /// <returns>Active positions of the masked tensors.</returns>
    public long Keep(long step, Measured? measured)
    {
        RestoreStatistics();
        Plan.Method.Keep(Seen, step, measured);
        return Tensors.MaskedActive;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _assistant?.Dispose();
        _scores?.Dispose();
        base.Dispose(disposing);
    }

    private HeadPass Seen => new(Plan, Owner, Tensors);
}
