namespace NeuroTrails.Contracts;

/// <summary>Asks a head for loss and gradients.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
/// <param name="Labels">int64 [B].</param>
[GenerateSerializer, Immutable, Alias("nt.BackwardRequest")]
public sealed record BackwardRequest(StepId Id, TensorMessage Activation, TensorMessage Labels);
