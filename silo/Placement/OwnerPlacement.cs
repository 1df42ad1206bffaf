using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Training;
using Orleans.Runtime.Placement;

namespace NeuroTrails.Silo.Placement;

/// <summary>Places owners on the silos of a cluster, by what those say of themselves and by who is known to live.</summary>
internal sealed class OwnerPlacement(IGrainFactory grains, ISiloStatusOracle oracle, TimeProvider time) : IOwnerPlacement
{
    private const int BytesPerMib = 1 << 20;
    private const int Attempts = 9;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Weight, gradient, moment and mask of a parameter, in float32, with room to copy.
    private const int BytesPerParameter = 20;

    public async Task<IReadOnlyDictionary<OwnerId, OwnerLocation>> Plan(RunPlan plan, string runId, IReadOnlyList<string> pins)
    {
        var members = await Living();
        var pinned = OwnerPins.Parse(pins, plan.Heads);
        var layout = LayoutPlanner.Plan(
            members,
            runId,
            plan.Heads,
            plan.Options.Device.Split(':')[0],
            owner => 1 + (plan.Part(owner).Parameters.Sum(parameter => parameter.Count) * BytesPerParameter / BytesPerMib),
            plan.Options.Execution.Share == Sharing.Gradients,
            pinned
        );
        if (layout.Values.Select(place => place.Silo).Distinct().Skip(1).Any())
        {
            MessageSize.Check(plan);
        }

        return plan.Options.Execution.Share == Sharing.Gradients ? WithBackboneBesideHeads(layout, pinned) : layout;
    }

    // Where every silo with heads has a replica anyway, a backbone without heads of its own would be one more that computes for nobody.
    private static IReadOnlyDictionary<OwnerId, OwnerLocation> WithBackboneBesideHeads(
        IReadOnlyDictionary<OwnerId, OwnerLocation> layout,
        IReadOnlyDictionary<OwnerId, (string Member, string? Device)> pinned
    )
    {
        var home = layout[OwnerId.Backbone].Silo;
        return pinned.ContainsKey(OwnerId.Backbone) || layout.Any(place => !place.Key.IsBackbone && place.Value.Silo == home)
            ? layout
            : new Dictionary<OwnerId, OwnerLocation>(layout)
            {
                [OwnerId.Backbone] = layout[new(0)] with { Owner = OwnerId.Backbone.ToString() },
            };
    }

    // A silo that has just been declared dead may still be asked, or one that has just come not yet: then a second look helps.
    private async Task<IReadOnlyList<SiloMember>> Living()
    {
        for (var attempt = 1; ; attempt++)
        {
            var overview = await grains.GetGrain<IClusterGrain>(GrainKeys.Cluster).Overview();
            var living = oracle
                .GetApproximateSiloStatuses(onlyActive: true)
                .Keys.Select(silo => silo.ToParsableString())
                .ToHashSet(StringComparer.Ordinal);
            SiloMember[] members = [.. overview.Members.Where(member => living.Contains(member.Silo))];
            if (members.Length == living.Count || attempt == Attempts)
            {
                return members;
            }

            await Task.Delay(Pause, time);
        }
    }

    public void Aim(OwnerLocation place) =>
        RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(place.Silo));
}
