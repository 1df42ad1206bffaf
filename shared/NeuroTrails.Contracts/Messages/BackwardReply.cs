namespace NeuroTrails.Contracts;

/// <summary>A head's loss and the gradient of the activation, of one micro-batch.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Head">Index of the head.</param>
/// <param name="Loss">Mean cross-entropy over the micro-batch, in nats.</param>
/// <param name="Correct">Samples classified rightly.</param>
/// <param name="SquaredNorm">Squared norm of the head's gradients, in float64; only where the run
/// clips, and only of the last micro-batch.</param>
/// <param name="Gradient">Gradient of the activation [B, …].</param>
[GenerateSerializer, Immutable, Alias("nt.BackwardReply")]
public sealed record BackwardReply(StepId Id, int Head, double Loss, long Correct, double? SquaredNorm, TensorMessage Gradient)
    : IDisposable
{
    /// <summary>Frees the gradient.</summary>
    public void Dispose() => Gradient.Dispose();
}
