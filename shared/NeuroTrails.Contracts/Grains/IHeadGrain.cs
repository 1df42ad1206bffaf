using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>One sparse head: owns its mask and its device-resident parameters. Key: <c>RUN/head-I</c>.</summary>
[Alias("nt.IHeadGrain")]
internal interface IHeadGrain : IOwnerGrain
{
    // Loss, gradients of the head's parameters (kept) and of the activation (returned). A part of a batch that overtook the one before it
    // waits for that.
    [Alias("Backward"), AlwaysInterleave, ResponseTimeout("01:00:00")]
    Task<BackwardReply> Backward(BackwardRequest request);

    [Alias("Apply"), ResponseTimeout("01:00:00")]
    Task Apply(ApplyRequest request);

    // What the method does at the end of a step, where it does something: keep a member, begin another phase.
    [Alias("Keep"), ResponseTimeout("01:00:00")]
    Task<KeepReply> Keep(KeepRequest request);

    // Class scores in evaluation mode.
    [Alias("Infer"), ResponseTimeout("01:00:00")]
    Task<HeadLogits> Infer(HeadInferRequest request);

    /// <summary>What the head expects of a batch of texts; its scores stay for <see cref="Look"/>.</summary>
    /// <param name="request">Generation, activation, next tokens.</param>
    [Alias("Score"), ResponseTimeout("01:00:00")]
    Task<HeadExpectation> Score(HeadScoreRequest request);

    /// <summary>Probabilities of tokens in the batch that was scored last.</summary>
    /// <param name="request">Generation, batch, tokens.</param>
    [Alias("Look"), ResponseTimeout("01:00:00")]
    Task<HeadProbabilities> Look(LookRequest request);
}
