using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Training;
using Orleans.Runtime.Placement;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Places owners on the silos of a cluster, by what those say of themselves and by who is known to live.</summary>
/// <param name="grains">Reaches the cluster grain.</param>
/// <param name="oracle">Knows who lives.</param>
internal sealed class ClusterPlacement(IGrainFactory grains, ISiloStatusOracle oracle) : IOwnerPlacement
{
    private const int BytesPerMib = 1 << 20;

    // Weight, gradient, moment and mask of a parameter, in float32, with room to copy.
    private const int BytesPerParameter = 20;

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<OwnerId, OwnerLocation>> Plan(RunPlan plan, string runId, IReadOnlyList<string> pins)
    {
        var overview = await grains.GetGrain<IClusterGrain>(GrainKeys.Cluster).Overview();
        var living = oracle.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => silo.ToParsableString()).ToHashSet(StringComparer.Ordinal);
        var layout = LayoutPlanner.Plan(
            [.. overview.Members.Where(member => living.Contains(member.Silo))],
            runId,
            plan.Heads,
            plan.Options.Device.Split(':')[0],
            owner => 1 + (plan.Part(owner).Parameters.Sum(parameter => parameter.Count) * BytesPerParameter / BytesPerMib),
            OwnerPins.Parse(pins, plan.Heads));
        if (layout.Values.Select(place => place.Silo).Distinct().Skip(1).Any())
        {
            MessageSize.Check(plan);
        }

        return layout;
    }

    /// <inheritdoc/>
    public void Aim(OwnerLocation place) => RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(place.Silo));
}
