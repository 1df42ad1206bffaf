namespace NeuroTrails.Contracts;

/// <summary>Asks for a split to be measured.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Split">The split.</param>
/// <param name="Samples">Samples in it.</param>
[GenerateSerializer, Immutable, Alias("nt.MeasureRequest")]
public sealed record MeasureRequest(long Generation, string Split, int Samples);

/// <summary>Asks the backbone for the heads' class scores of one batch of a split.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Split">The split.</param>
/// <param name="Start">Index of the first sample.</param>
/// <param name="Count">Samples.</param>
[GenerateSerializer, Immutable, Alias("nt.InferSplitRequest")]
public sealed record InferSplitRequest(long Generation, string Split, int Start, int Count);

/// <summary>Asks a head for class scores in evaluation mode.</summary>
/// <param name="Generation">Generation of the weights that is meant.</param>
/// <param name="Activation">The backbone's output [B, …].</param>
[GenerateSerializer, Immutable, Alias("nt.HeadInferRequest")]
public sealed record HeadInferRequest(long Generation, TensorMessage Activation);

/// <summary>A head's class scores.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="LogitsBC">Logits of its members, [members, B, C] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadLogits")]
public sealed record HeadLogits(int Head, double[] LogitsBC);
