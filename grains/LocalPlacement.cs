using NeuroTrails.Contracts;
using NeuroTrails.Execution;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>One process: heads are dealt to its devices in turn, the backbone lives on the first.</summary>
public sealed class LocalPlacement : IOwnerPlacement
{
    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<OwnerId, OwnerLocation>> Plan(RunPlan plan, string runId, IReadOnlyList<string> pins)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var devices = TorchDevices.Resolve(plan.Options.Device);
        return Task.FromResult<IReadOnlyDictionary<OwnerId, OwnerLocation>>(plan.Owners.ToDictionary(
            owner => owner,
            owner => new OwnerLocation(owner.ToString(), "local", string.Empty, devices[Math.Max(owner.Head, 0) % devices.Count])));
    }

    /// <inheritdoc/>
    public void Aim(OwnerLocation place)
    {
        // There is only one place to go.
    }
}
