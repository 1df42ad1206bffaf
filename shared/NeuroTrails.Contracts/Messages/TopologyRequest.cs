namespace NeuroTrails.Contracts;

/// <summary>Tells an owner to drop and regrow, by the gradients of the step just applied.</summary>
/// <param name="Id">Which step.</param>
[GenerateSerializer, Immutable, Alias("nt.TopologyRequest")]
public sealed record TopologyRequest(StepId Id);
