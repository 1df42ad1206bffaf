namespace NeuroTrails.Contracts;

/// <summary>A replica's part of a step.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Heads">Its heads, in order.</param>
/// <param name="Gradients">Gradients of the backbone from these heads alone: <c>ReplicaGradients.Gather</c>.</param>
[GenerateSerializer, Immutable, Alias("nt.ReplicaShare")]
public sealed record ReplicaShare(StepId Id, HeadStep[] Heads, TensorMessage Gradients) : IDisposable
{
    /// <summary>Frees the gradients.</summary>
    public void Dispose() => Gradients.Dispose();
}
