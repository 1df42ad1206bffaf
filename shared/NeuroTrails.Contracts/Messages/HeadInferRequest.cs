namespace NeuroTrails.Contracts;

/// <summary>Asks a head for class scores in evaluation mode.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
[GenerateSerializer, Immutable, Alias("nt.HeadInferRequest")]
public sealed record HeadInferRequest(long Generation, TensorMessage Activation);
