namespace NeuroTrails.Contracts;

/// <summary>A head's class scores.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="LogitsBC">Logits of its members, [members, B, C] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadLogits")]
public sealed record HeadLogits(int Head, double[] LogitsBC);
