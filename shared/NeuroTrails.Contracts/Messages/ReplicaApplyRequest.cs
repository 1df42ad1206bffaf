namespace NeuroTrails.Contracts;

/// <summary>Tells a replica, and the heads that it computes with, to apply a step.</summary>
/// <param name="Id">Which step.</param>
/// <param name="GradientScale">Factor on every gradient, at most 1.</param>
/// <param name="Gradients">Gradients of the backbone, summed over all replicas.</param>
/// <param name="Statistics">The running statistics of the backbone.</param>
[GenerateSerializer, Immutable, Alias("nt.ReplicaApplyRequest")]
public sealed record ReplicaApplyRequest(StepId Id, double GradientScale, TensorMessage Gradients, TensorMessage Statistics);
