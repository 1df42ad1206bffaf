namespace NeuroTrails.Contracts;

/// <summary>What a head makes of a step.</summary>
/// <param name="Head">Index of the head.</param>
/// <param name="Loss">Mean cross-entropy over the batch, in nats.</param>
/// <param name="Correct">Samples classified rightly.</param>
/// <param name="SquaredNorm">Squared norm of the head's gradients, in float64; only where the run clips.</param>
[GenerateSerializer, Immutable, Alias("nt.HeadStep")]
public sealed record HeadStep(int Head, double Loss, long Correct, double? SquaredNorm);
