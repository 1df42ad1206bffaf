using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>Decides where a run's owners live.</summary>
internal interface IOwnerPlacement
{
    // A place for every owner, among what is there now.
    Task<IReadOnlyDictionary<OwnerId, OwnerLocation>> Plan(RunPlan plan, string runId, IReadOnlyList<string> pins);

    // Lets the calls that the caller makes next, in the same asynchronous flow, activate their grain in that place.
    void Aim(OwnerLocation place);
}
