namespace NeuroTrails.Contracts;

/// <summary>The shared backbone: loads the batches itself, broadcasts activations to the heads, gathers their gradients. Key:
/// <c>RUN/backbone</c>.</summary>
[Alias("nt.IBackboneGrain")]
public interface IBackboneGrain : IOwnerGrain
{
    /// <summary>One training step over all owners: forward, heads' backward, backward, and everybody's apply.</summary>
    /// <param name="request">Which step; the batch follows from (seed, epoch, step).</param>
    [Alias("TrainStep"), ResponseTimeout("01:00:00")]
    Task<StepReply> TrainStep(StepRequest request);

    /// <summary>Every head's class scores for part of a split, in evaluation mode.</summary>
    /// <param name="request">Split and range.</param>
    [Alias("InferSplit"), ResponseTimeout("01:00:00")]
    Task<EnsembleLogits> InferSplit(InferSplitRequest request);

    /// <summary>Every head's class scores for samples that the caller brings.</summary>
    /// <param name="request">The samples.</param>
    [Alias("InferSamples"), ResponseTimeout("01:00:00")]
    Task<EnsembleLogits> InferSamples(InferSamplesRequest request);
}
