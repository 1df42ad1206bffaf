using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;

namespace NeuroTrails.Tests.Placement;

public sealed class ReplicaLayoutTests
{
    private const int Cases = 3000;

    [Fact]
    public void Every_head_computes_with_a_backbone_on_its_own_silo()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            var places = Places(random);
            var layout = ReplicaLayout.Of(places, sharesGradients: true);
            var home = places[OwnerId.Backbone].Silo;
            Assert.All(layout.OwnHeads, head => Assert.Equal(home, places[new(head)].Silo));
            Assert.All(
                layout.Replicas,
                replica => Assert.All(replica.Heads, head => Assert.Equal(replica.Place.Silo, places[new(head)].Silo))
            );
            Assert.Equal(places.Count - 1, layout.OwnHeads.Concat(layout.Replicas.SelectMany(replica => replica.Heads)).Distinct().Count());
            Assert.All(layout.Replicas, replica => Assert.NotEmpty(replica.Heads));
            Assert.Equal(
                layout.Replicas.Select(replica => replica.Place.Silo).Distinct(),
                layout.Replicas.Select(replica => replica.Place.Silo)
            );
            Assert.DoesNotContain(layout.Replicas, replica => replica.Place.Silo == home);
            Assert.Equal(
                layout.Replicas.Select((_, index) => GrainKeys.ReplicaName(index + 1)),
                layout.Replicas.Select(replica => replica.Place.Owner)
            );

            // The order in which places are listed must not decide the order of sums.
            var again = ReplicaLayout.Of(places.OrderBy(_ => random.Next()).ToDictionary(), sharesGradients: true);
            Assert.Equal(layout.Replicas.Select(replica => replica.Place), again.Replicas.Select(replica => replica.Place));
        }
    }

    [Fact]
    public void Where_activations_are_shared_the_backbone_computes_with_every_head()
    {
        var layout = ReplicaLayout.Of(Places(new Random(5)), sharesGradients: false);
        Assert.Empty(layout.Replicas);
        Assert.Equal(Enumerable.Range(0, layout.OwnHeads.Length), layout.OwnHeads);
    }

    private static Dictionary<OwnerId, OwnerLocation> Places(Random random)
    {
        var silos = random.Next(1, 5);
        return OwnerId
            .All(random.Next(1, 12))
            .ToDictionary(
                owner => owner,
                owner => random.Next(silos) is var silo ? new OwnerLocation(owner.ToString(), $"m{silo}", $"address-{silo}", "cpu") : null!
            );
    }
}
