namespace NeuroTrails.Contracts;

/// <summary>Asks the backbone for the heads' class scores of one batch of a split.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Split">The split.</param>
/// <param name="Start">Index of the first sample.</param>
/// <param name="Count">Samples.</param>
[GenerateSerializer, Immutable, Alias("nt.InferSplitRequest")]
public sealed record InferSplitRequest(long Generation, string Split, int Start, int Count);

/// <summary>Asks the backbone for the heads' class scores of samples that the caller brings.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Samples">Values in [0, 1] before normalisation, [N, …] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.InferSamplesRequest")]
public sealed record InferSamplesRequest(long Generation, float[] Samples);

/// <summary>Class scores of every head.</summary>
/// <param name="LogitsHBC">Logits [M, B, C] in C order.</param>
/// <param name="Labels">Labels [B]; empty where the caller brought the samples.</param>
[GenerateSerializer, Immutable, Alias("nt.EnsembleLogits")]
public sealed record EnsembleLogits(double[] LogitsHBC, long[] Labels);

/// <summary>Asks a head for class scores in evaluation mode.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
[GenerateSerializer, Immutable, Alias("nt.HeadInferRequest")]
public sealed record HeadInferRequest(long Generation, TensorMessage Activation);

/// <summary>A head's class scores.</summary>
/// <param name="LogitsBC">Logits [B, C] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadLogits")]
public sealed record HeadLogits(double[] LogitsBC);
