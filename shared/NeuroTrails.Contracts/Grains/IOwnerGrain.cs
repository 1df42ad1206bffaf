using Orleans.Concurrency;

namespace NeuroTrails.Contracts;

/// <summary>What backbone and heads have in common. Calls are idempotent by (generation, step): a
/// repeated one gets the same reply and changes nothing.</summary>
/// <remarks>
/// Step-long calls have a response time-out of their own; the default of 30 s would call a slow step lost. What begins or ends a generation
/// interleaves with them and makes them give up what they wait for: an answer that was lost on its
/// way must not keep its owner from going on.
/// </remarks>
[Alias("nt.IOwnerGrain")]
internal interface IOwnerGrain : IGrainWithStringKey
{
    // Address of the silo that the owner lives on; makes it live somewhere if it does not yet.
    [Alias("Locate"), AlwaysInterleave]
    Task<string> Locate();

    // Frees the owner's tensors and moves it to the silo that the call is aimed at.
    [Alias("Move"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task Move(long generation);

    // Builds the owner's tensors, anew or from a committed checkpoint. Begins a generation: what belongs to older ones is refused from here
    // on.
    [Alias("Prepare"), AlwaysInterleave, ResponseTimeout("01:00:00")]
    Task<OwnerReport> Prepare(OwnerSetup setup);

    [Alias("UpdateTopology"), ResponseTimeout("01:00:00")]
    Task<TopologyReply> UpdateTopology(TopologyRequest request);

    // Looks through the owner's weights, moments and running statistics for values that are not finite.
    [Alias("Check"), ResponseTimeout("01:00:00")]
    Task<OwnerCheck> Check(StepRequest request);

    // Writes the owner's state to a file and waits until it is durable.
    [Alias("Save"), ResponseTimeout("01:00:00")]
    Task<SaveReply> Save(SaveRequest request);

    [Alias("Release"), AlwaysInterleave, ResponseTimeout("01:00:00")]
    Task Release(long generation);
}
