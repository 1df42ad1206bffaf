namespace NeuroTrails.Contracts;

/// <summary>Asks the backbone for one training step.</summary>
/// <param name="Id">Which step.</param>
[GenerateSerializer, Immutable, Alias("nt.StepRequest")]
public sealed record StepRequest(StepId Id);

/// <summary>One training step, as the backbone saw it.</summary>
/// <param name="Id">Which step.</param>
/// <param name="HeadLoss">Mean cross-entropy of each head, in nats [M].</param>
/// <param name="HeadAccuracy">Share of the batch that each head classifies rightly [M].</param>
/// <param name="GradientNorm">Norm of the whole gradient; only where the run clips.</param>
/// <param name="Applied">False where a loss was not finite, and nobody applied the step.</param>
[GenerateSerializer, Immutable, Alias("nt.StepReply")]
public sealed record StepReply(StepId Id, double[] HeadLoss, double[] HeadAccuracy, double? GradientNorm, bool Applied);

/// <summary>Asks a head for loss and gradients.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
/// <param name="Labels">int64 [B].</param>
[GenerateSerializer, Immutable, Alias("nt.BackwardRequest")]
public sealed record BackwardRequest(StepId Id, TensorMessage Activation, TensorMessage Labels);

/// <summary>A head's loss and the gradient of the activation.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Head">Index of the head.</param>
/// <param name="Loss">Mean cross-entropy over the batch, in nats.</param>
/// <param name="Correct">Samples classified rightly.</param>
/// <param name="SquaredNorm">Squared norm of the head's gradients, in float64; only where the run clips.</param>
/// <param name="Gradient">Gradient of the activation [B, …].</param>
[GenerateSerializer, Immutable, Alias("nt.BackwardReply")]
public sealed record BackwardReply(StepId Id, int Head, double Loss, long Correct, double? SquaredNorm, TensorMessage Gradient);

/// <summary>Tells an owner to apply the gradients of a step.</summary>
/// <param name="Id">Which step.</param>
/// <param name="GradientScale">Factor on every gradient, at most 1.</param>
[GenerateSerializer, Immutable, Alias("nt.ApplyRequest")]
public sealed record ApplyRequest(StepId Id, double GradientScale);
