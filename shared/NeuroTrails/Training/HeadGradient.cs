using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>What a head makes of one batch.</summary>
/// <param name="Loss">Mean cross-entropy over the batch, in nats, before any division by the number of heads.</param>
/// <param name="Correct">Samples that the head classifies rightly.</param>
/// <param name="SquaredNorm">Squared norm of the head's gradients; only where the run clips, and only of the last micro-batch.</param>
/// <param name="Gradient">Gradient of the activation [B, …], or no values where the backbone
/// learns nothing; owned by whoever holds this.</param>
public sealed record HeadGradient(double Loss, long Correct, double? SquaredNorm, Tensor Gradient);
