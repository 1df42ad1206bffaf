using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Placement;

/// <summary>When owners that have their places move to others.</summary>
public sealed class OwnerSeatsTests
{
    private static readonly RunPlan Plan = new(
        new()
        {
            Model = new() { Name = "mlp", Hidden = [8, 8, 8] },
            Ensemble = new() { Heads = 3, BlocksInHead = 1 },
            Training = new() { Batch = 4, Steps = 10 },
        },
        new(new(1, 4, 4), 3, 100),
        new ModelCatalogue()
    );

    [Fact]
    public async Task A_better_place_counts_only_where_runs_are_rebalanced()
    {
        var (seats, cluster) = await Seated(Silo("a"), Silo("b"), Silo("d"));
        cluster.Members = [.. cluster.Members, Silo("c") with { Cores = 32 }];
        Assert.False(await seats.ShouldMove(Plan, rebalance: false));
        Assert.True(await seats.ShouldMove(Plan, rebalance: true));
    }

    [Fact]
    public async Task Owners_move_off_a_silo_that_leaves_and_off_no_other()
    {
        var random = new Random(6);
        for (var round = 0; round < 2000; round++)
        {
            var (seats, cluster) = await Seated([
                .. Enumerable
                    .Range(0, random.Next(1, 6))
                    .Select(index => Silo(((char)('a' + index)).ToString()) with { Cores = random.Next(1, 9) }),
            ]);
            var used = seats.Places.Select(place => place.Member).ToHashSet(StringComparer.Ordinal);
            cluster.Members =
            [
                .. cluster.Members.Select(member => member with { Draining = random.Next(3) == 0 }),
                Silo("z") with
                {
                    Cores = random.Next(1, 40),
                },
            ];
            Assert.Equal(
                cluster.Members.Any(member => member.Draining && used.Contains(member.Name)),
                await seats.ShouldMove(Plan, rebalance: false)
            );
        }
    }

    private static async Task<(OwnerSeats Seats, Cluster Cluster)> Seated(params SiloMember[] members)
    {
        var cluster = new Cluster { Members = members };
        var seats = new OwnerSeats(cluster, "r", [], TimeProvider.System);
        Assert.Null(await seats.Choose(Plan));
        return (seats, cluster);
    }

    private static SiloMember Silo(string name) => new(name, $"10.0.0.{name[0] - 'a'}:11111@1", ["cpu"], 4, 1000, [], Draining: false);

    private sealed class Cluster : IOwnerPlacement
    {
        public SiloMember[] Members { get; set; } = [];

        public Task<IReadOnlyDictionary<OwnerId, OwnerLocation>> Plan(RunPlan plan, string runId, IReadOnlyList<string> pins) =>
            Task.FromResult(LayoutPlanner.Plan(Members, runId, plan.Heads, "cpu", _ => 1, false, OwnerPins.Parse(pins, plan.Heads)));

        public void Aim(OwnerLocation place) { }
    }
}
