namespace NeuroTrails.Contracts;

/// <summary>A replica's part of a step.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Heads">Its heads, in order.</param>
/// <param name="Gradients">Gradients of the backbone from these heads alone: <c>ReplicaGradients.Gather</c>.</param>
[GenerateSerializer, Immutable, Alias("nt.ReplicaShare")]
internal sealed record ReplicaShare(StepId Id, HeadStep[] Heads, TensorMessage Gradients) : IDisposable
{
    public void Dispose() => Gradients.Dispose();
}

/// <summary>Tells a replica, and the heads that it computes with, to apply a step.</summary>
/// <param name="Id">Which step.</param>
/// <param name="GradientScale">Factor on every gradient, at most 1.</param>
/// <param name="Gradients">Gradients of the backbone, summed over all replicas.</param>
/// <param name="Statistics">The running statistics of the backbone.</param>
[GenerateSerializer, Immutable, Alias("nt.ReplicaApplyRequest")]
internal sealed record ReplicaApplyRequest(StepId Id, double GradientScale, TensorMessage Gradients, TensorMessage Statistics);
