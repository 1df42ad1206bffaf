using NeuroTrails.Contracts;
using NeuroTrails.Models;

namespace NeuroTrails.Grains;

/// <summary>Which heads compute with the backbone itself, and which with a replica of it on their own silo.</summary>
/// <param name="OwnHeads">Heads that the backbone itself computes with.</param>
/// <param name="Replicas">Places of the replicas, numbered from 1, and the heads of each.</param>
internal sealed record ReplicaLayout(int[] OwnHeads, IReadOnlyList<(OwnerLocation Place, int[] Heads)> Replicas)
{
    // Follows from the owners' places alone, so that the same layout always sums in the same order.
    public static ReplicaLayout Of(IReadOnlyDictionary<OwnerId, OwnerLocation> places, bool sharesGradients)
    {
        var heads = places.Keys.Where(owner => !owner.IsBackbone).OrderBy(owner => owner.Head).ToList();
        var home = places[OwnerId.Backbone].Silo;
        bool IsElsewhere(OwnerId head) => sharesGradients && places[head].Silo != home;
        var replicas = heads
            .Where(IsElsewhere)
            .GroupBy(head => places[head].Silo, StringComparer.Ordinal)
            .OrderBy(group => group.First().Head)
            .Select(
                (group, index) =>
                    (places[group.First()] with { Owner = GrainKeys.ReplicaName(index + 1) }, group.Select(head => head.Head).ToArray())
            );
        return new([.. heads.Where(head => !IsElsewhere(head)).Select(head => head.Head)], [.. replicas]);
    }
}
