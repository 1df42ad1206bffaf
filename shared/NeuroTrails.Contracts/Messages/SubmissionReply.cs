namespace NeuroTrails.Contracts;

/// <summary>What became of a submission.</summary>
/// <param name="Phase">Phase of the run; <see cref="RunPhase.Finished"/> where it had been finished before,
/// <see cref="RunPhase.Submitted"/> while it is looked at.</param>
/// <param name="Refusal">Why it was not accepted, for the user to put right; absent where it was.</param>
[GenerateSerializer, Immutable, Alias("nt.SubmissionReply")]
public sealed record SubmissionReply(RunPhase Phase, string? Refusal = null);
