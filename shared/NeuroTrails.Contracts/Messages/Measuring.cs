namespace NeuroTrails.Contracts;

/// <summary>Asks for a split to be measured.</summary>
[GenerateSerializer, Immutable, Alias("nt.MeasureRequest")]
internal sealed record MeasureRequest(long Generation, string Split, int Samples);

/// <summary>Asks the backbone for the heads' class scores of one batch of a split.</summary>
[GenerateSerializer, Immutable, Alias("nt.InferSplitRequest")]
internal sealed record InferSplitRequest(long Generation, string Split, int Start, int Count);

/// <summary>Asks a head for class scores in evaluation mode.</summary>
[GenerateSerializer, Immutable, Alias("nt.HeadInferRequest")]
internal sealed record HeadInferRequest(long Generation, TensorMessage Activation);

/// <summary>A head's class scores.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="LogitsBC">Logits of its members, [members, B, C] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadLogits")]
internal sealed record HeadLogits(int Head, double[] LogitsBC);
