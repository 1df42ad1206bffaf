namespace NeuroTrails.Contracts;

/// <summary>Asks a head for loss and gradients of a micro-batch.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Micro">Which micro-batch of the step, from 0; sent in order.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
/// <param name="Labels">int64 [B].</param>
[GenerateSerializer, Immutable, Alias("nt.BackwardRequest")]
public sealed record BackwardRequest(StepId Id, int Micro, TensorMessage Activation, TensorMessage Labels);
