namespace NeuroTrails.Contracts;

/// <summary>Asks the backbone for the heads' class scores of samples that the caller brings.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Samples">Values, normalised as the run's data are, [N, …] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.InferSamplesRequest")]
public sealed record InferSamplesRequest(long Generation, float[] Samples);
