namespace NeuroTrails.Contracts;

/// <summary>Asks the backbone for one training step.</summary>
/// <param name="Id">Which step.</param>
[GenerateSerializer, Immutable, Alias("nt.StepRequest")]
public sealed record StepRequest(StepId Id);
