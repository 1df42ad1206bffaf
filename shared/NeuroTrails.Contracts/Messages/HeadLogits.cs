namespace NeuroTrails.Contracts;

/// <summary>A head's class scores.</summary>
/// <param name="LogitsBC">Logits [B, C] in C order.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadLogits")]
public sealed record HeadLogits(double[] LogitsBC);
