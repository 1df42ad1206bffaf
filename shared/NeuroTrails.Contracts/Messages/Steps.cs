using System.Globalization;

namespace NeuroTrails.Contracts;

/// <summary>Names one piece of work of a run, so that a repeated call can be recognised.</summary>
/// <param name="Generation">Rises each time the run is loaded from a checkpoint; owners refuse an older one.</param>
/// <param name="Step">Optimiser step, from 1.</param>
[GenerateSerializer, Immutable, Alias("nt.StepId")]
internal readonly record struct StepId(long Generation, long Step)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"step {Step} of generation {Generation}");
}

/// <summary>Asks the backbone for one training step.</summary>
[GenerateSerializer, Immutable, Alias("nt.StepRequest")]
internal sealed record StepRequest(StepId Id);

/// <summary>One training step, as the backbone saw it.</summary>
/// <param name="Id">Which step.</param>
/// <param name="HeadLoss">Mean cross-entropy of each head, in nats [M].</param>
/// <param name="HeadAccuracy">Share of the batch that each head classifies rightly [M].</param>
/// <param name="GradientNorm">Norm of the whole gradient; only where the run clips.</param>
/// <param name="Applied">False where a loss was not finite, and nobody applied the step.</param>
/// <param name="BatchFault">What is wrong with the values of the batch, where a loss was not finite; null where they are in order.</param>
[GenerateSerializer, Immutable, Alias("nt.StepReply")]
internal sealed record StepReply(
    StepId Id,
    double[] HeadLoss,
    double[] HeadAccuracy,
    double? GradientNorm,
    bool Applied,
    string? BatchFault = null
);

/// <summary>What a head makes of a step.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="Loss">Mean cross-entropy over the batch, in nats.</param>
/// <param name="Correct">Samples classified rightly.</param>
/// <param name="SquaredNorm">Squared norm of the head's gradients, in float64; only where the run clips.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadStep")]
internal sealed record HeadStep(int Head, double Loss, long Correct, double? SquaredNorm);

/// <summary>Asks a head for loss and gradients of a micro-batch.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Micro">Which micro-batch of the step, from 0; sent in order.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
/// <param name="Labels">int64 [B], or the next tokens of texts [B, L].</param>
/// <param name="Targets">Labels of the whole batch that count.</param>
[GenerateSerializer, Immutable, Alias("nt.BackwardRequest")]
internal sealed record BackwardRequest(StepId Id, int Micro, TensorMessage Activation, TensorMessage Labels, long Targets);

/// <summary>A head's loss and the gradient of the activation, of one micro-batch.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Head">Index of the head.</param>
/// <param name="Loss">Mean cross-entropy over the micro-batch, in nats.</param>
/// <param name="Correct">Samples classified rightly.</param>
/// <param name="SquaredNorm">Squared norm of the head's gradients, in float64; only where the run
/// clips, and only of the last micro-batch.</param>
/// <param name="Gradient">Gradient of the activation [B, …].</param>
[GenerateSerializer, Immutable, Alias("nt.BackwardReply")]
internal sealed record BackwardReply(StepId Id, int Head, double Loss, long Correct, double? SquaredNorm, TensorMessage Gradient)
    : IDisposable
{
    public void Dispose() => Gradient.Dispose();
}

/// <summary>Tells an owner to apply the gradients of a step.</summary>
/// <param name="Id">Which step.</param>
/// <param name="GradientScale">Factor on every gradient, at most 1.</param>
[GenerateSerializer, Immutable, Alias("nt.ApplyRequest")]
internal sealed record ApplyRequest(StepId Id, double GradientScale);

/// <summary>Tells a head that a step at whose end its method does something is over.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Nll">Negative log-likelihood of the ensemble on the validation split, in nats; null where that was not measured.</param>
/// <param name="MemberAccuracy">Accuracy of each member on it, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("nt.KeepRequest")]
internal sealed record KeepRequest(StepId Id, double? Nll, double[] MemberAccuracy);

/// <summary>What a head then holds.</summary>
[GenerateSerializer, Immutable, Alias("nt.KeepReply")]
internal sealed record KeepReply(long MaskedActive);
