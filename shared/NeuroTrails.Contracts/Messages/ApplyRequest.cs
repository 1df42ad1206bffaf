namespace NeuroTrails.Contracts;

/// <summary>Tells an owner to apply the gradients of a step.</summary>
/// <param name="Id">Which step.</param>
/// <param name="GradientScale">Factor on every gradient, at most 1.</param>
[GenerateSerializer, Immutable, Alias("nt.ApplyRequest")]
public sealed record ApplyRequest(StepId Id, double GradientScale);
