namespace NeuroTrails.Contracts;

/// <summary>Class scores of every head.</summary>
/// <param name="LogitsHBC">Logits [M, B, C] in C order.</param>
/// <param name="Labels">Labels [B]; empty where the caller brought the samples.</param>
[GenerateSerializer, Immutable, Alias("nt.EnsembleLogits")]
public sealed record EnsembleLogits(double[] LogitsHBC, long[] Labels);
