namespace NeuroTrails.Contracts;

/// <summary>
/// A replica of the backbone on another silo, where gradients are shared instead of activations: it computes with the heads of its own
/// silo, sends what they add to the backbone's gradients, and applies the sum that all replicas apply. Key: <c>RUN/replica-I</c>, from 1.
/// </summary>
[Alias("nt.IReplicaGrain")]
internal interface IReplicaGrain : IOwnerGrain
{
    // Forward and backward with the heads of this silo.
    [Alias("Share"), ResponseTimeout("01:00:00")]
    Task<ReplicaShare> Share(StepRequest request);

    // Applies the step, and lets the heads apply theirs.
    [Alias("Apply"), ResponseTimeout("01:00:00")]
    Task Apply(ReplicaApplyRequest request);

    [Alias("Digest"), ResponseTimeout("01:00:00")]
    Task<string> Digest(StepRequest request);

    // The class scores of this silo's heads for part of a split, in evaluation mode.
    [Alias("InferSplit"), ResponseTimeout("01:00:00")]
    Task<HeadLogits[]> InferSplit(InferSplitRequest request);

    /// <summary>What this silo's heads expect of part of a split of texts.</summary>
    /// <param name="request">Split and range.</param>
    /// <returns>One for each head, in order.</returns>
    [Alias("ScoreSplit"), ResponseTimeout("01:00:00")]
    Task<HeadExpectation[]> ScoreSplit(InferSplitRequest request);

    /// <summary>Probabilities of tokens in the part that was scored last, by this silo's heads.</summary>
    /// <param name="request">Generation, part, tokens.</param>
    [Alias("LookSplit"), ResponseTimeout("01:00:00")]
    Task<HeadProbabilities[]> LookSplit(LookRequest request);
}
