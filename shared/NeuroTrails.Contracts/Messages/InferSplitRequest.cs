namespace NeuroTrails.Contracts;

/// <summary>Asks the backbone for the heads' class scores of one batch of a split.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Split">The split.</param>
/// <param name="Start">Index of the first sample.</param>
/// <param name="Count">Samples.</param>
[GenerateSerializer, Immutable, Alias("nt.InferSplitRequest")]
public sealed record InferSplitRequest(long Generation, string Split, int Start, int Count);
