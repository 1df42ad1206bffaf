using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>Decides where a run's owners live.</summary>
public interface IOwnerPlacement
{
    /// <summary>A place for every owner, among what is there now.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="runId">The run.</param>
    /// <param name="pins">Owners that must live in a certain place.</param>
    /// <exception cref="NoPlaceException">Nothing fits now; the message lists what is there.</exception>
    /// <exception cref="UserErrorException">Nothing ever will.</exception>
    Task<IReadOnlyDictionary<OwnerId, OwnerLocation>> Plan(RunPlan plan, string runId, IReadOnlyList<string> pins);

    /// <summary>Lets the calls that the caller makes next, in the same asynchronous flow, activate their grain in that place.</summary>
    /// <param name="place">Where.</param>
    void Aim(OwnerLocation place);
}
