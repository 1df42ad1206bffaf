using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;

namespace NeuroTrails.Tests.Placement;

public sealed partial class LayoutPlannerTests(ITestOutputHelper output)
{
    private const int Clusters = 5000;
    private static readonly Dictionary<OwnerId, (string Member, string? Device)> NoPins = [];

    [Fact]
    public void A_layout_obeys_every_rule()
    {
        var planned = 0;
        foreach (var cluster in Enumerable.Range(0, Clusters).Select(RandomCluster.Draw).Where(cluster => cluster.IsPossible()))
        {
            planned++;
            var layout = cluster.Plan();
            Assert.Equal(OwnerId.All(cluster.Heads), layout.Keys.OrderBy(owner => owner.Head));
            foreach (var (owner, place) in layout)
            {
                var member = Assert.Single(cluster.Staying, member => member.Silo == place.Silo);
                Assert.Equal((owner.ToString(), member.Name), (place.Owner, place.Member));
                Assert.Contains(place.Device, cluster.Devices(member));
                if (cluster.Pins.TryGetValue(owner, out var pin))
                {
                    Assert.Equal((pin.Member, pin.Device ?? place.Device), (place.Member, place.Device));
                }
            }

            foreach (var member in cluster.Staying)
            {
                Assert.All(
                    cluster.Memories(member),
                    memory =>
                        Assert.True(
                            layout.Values.Count(place => place.Silo == member.Silo && memory.Devices.Contains(place.Device))
                                <= memory.Capacity,
                            $"{member} has not the memory for its owners."
                        )
                );
            }
        }

        output.WriteLine($"{planned} of {Clusters} clusters had a layout");
        Assert.InRange(planned, Clusters / 10, Clusters * 9 / 10);
    }

    [Fact]
    public void What_fits_is_never_refused_and_what_does_not_fit_always_is_with_the_list_of_silos()
    {
        foreach (var cluster in Enumerable.Range(0, Clusters).Select(RandomCluster.Draw).Where(cluster => !cluster.IsPossible()))
        {
            var refusal = Assert.Throws<NoPlaceException>(() => cluster.Plan()).Message;
            Assert.StartsWith("No place for ", refusal, StringComparison.Ordinal);
            Assert.Contains("--place or --device", refusal, StringComparison.Ordinal);
            foreach (var member in cluster.Members)
            {
                Assert.Contains($"{member.Name}: {member.Devices[0]}", refusal, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void No_owner_that_may_choose_sits_where_it_is_narrower_than_elsewhere()
    {
        foreach (
            var cluster in Enumerable
                .Range(0, Clusters)
                .Select(seed => RandomCluster.Draw(seed) with { Pins = [], NeedMib = 1 })
                .Where(cluster => cluster.IsPossible())
        )
        {
            var layout = cluster.Plan();
            var seats = cluster
                .Staying.SelectMany(member =>
                    cluster
                        .Memories(member)
                        .Where(memory => memory.Capacity > cluster.Heads)
                        .SelectMany(memory => memory.Devices)
                        .Select(device =>
                            (
                                Member: member,
                                Device: device,
                                Taken: layout.Values.Count(place => place.Silo == member.Silo && place.Device == device)
                            )
                        )
                )
                .ToList();
            if (seats.Count == 0)
            {
                continue;
            }

            var widest = seats.Max(seat => cluster.Room(seat.Member, seat.Device) - seat.Taken);
            Assert.All(
                seats.Where(seat => seat.Taken > 0),
                seat =>
                    Assert.True(
                        cluster.Room(seat.Member, seat.Device) - seat.Taken + 1 >= widest,
                        $"{seat} while another has room for {widest}"
                    )
            );
        }
    }

    [Fact]
    public void The_order_in_which_silos_were_heard_of_does_not_matter()
    {
        foreach (var seed in Enumerable.Range(0, Clusters))
        {
            var cluster = RandomCluster.Draw(seed);
            if (!cluster.IsPossible())
            {
                continue;
            }

            var shuffled = cluster.Members.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Pairs(cluster.Plan()), Pairs(cluster.Plan(shuffled)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Equal_silos_share_evenly(int heads)
    {
        foreach (var silos in Enumerable.Range(1, 6))
        {
            var layout = Plan([.. Enumerable.Range(0, silos).Select(index => Silo(((char)('a' + index)).ToString()))], heads);
            var loads = Enumerable
                .Range(0, silos)
                .Select(index => layout.Values.Count(place => place.Member == ((char)('a' + index)).ToString()))
                .ToList();
            Assert.InRange(loads.Max() - loads.Min(), 0, 1);
        }
    }

    [Fact]
    public void Owners_follow_one_another_over_the_silos() =>
        Assert.Equal(["backbone a/cpu", "head-0 b/cpu", "head-1 c/cpu", "head-2 a/cpu"], Text(Plan([Silo("c"), Silo("a"), Silo("b")], 3)));

    [Fact]
    public void Other_runs_take_up_room_and_the_own_one_does_not() =>
        Assert.Equal(
            ["backbone b/cpu", "head-0 b/cpu", "head-1 a/cpu"],
            Text(
                Plan(
                    [
                        Silo("a") with
                        {
                            Owners = ["r2/head-0@cpu", "r2/head-1@cpu"],
                        },
                        Silo("b") with
                        {
                            Owners = ["r/head-0@cpu", "r/head-1@cpu", "r/backbone@cpu"],
                        },
                    ],
                    2
                )
            )
        );

    [Fact]
    public void Pinned_owners_are_counted_before_the_others_choose() =>
        Assert.Equal(
            ["backbone b/cpu", "head-0 a/cpu", "head-1 a/cpu", "head-2 b/cpu"],
            Text(Plan([Silo("a"), Silo("b")], 3, OwnerPins.Parse(["head0=a", "head1=a/cpu"], 3)))
        );

    [Fact]
    public void A_pinned_heads_replica_gives_way_to_the_backbone() =>
        Assert.Equal(
            ["backbone a/cpu", "head-0 a/cpu"],
            Text(Plan([Silo("a") with { FreeMemoryMib = 200 }], 1, OwnerPins.Parse(["head0=a"], 1), need: 100, replicates: true))
        );

    [Fact]
    public void Who_may_have_any_device_of_a_silo_leaves_the_full_one_to_whoever_may_not()
    {
        SiloMember[] members = [Silo("a") with { Devices = ["cuda:0", "cuda:1"], DeviceFreeMib = [100, 100] }];
        Assert.Equal(
            ["backbone a/cuda:1", "head-0 a/cuda:0"],
            Text(LayoutPlanner.Plan(members, "r", 1, "cuda", _ => 100, false, OwnerPins.Parse(["backbone=a", "head0=a/cuda:0"], 1)))
        );
    }

    [Fact]
    public void A_silo_that_leaves_takes_no_owner()
    {
        Assert.All(Plan([Silo("a") with { Draining = true, Cores = 64 }, Silo("b")], 5).Values, place => Assert.Equal("b", place.Member));
        Assert.Equal([Silo("a").Silo], Assert.Throws<NoPlaceException>(() => Plan([Silo("a") with { Draining = true }], 5)).Leaving);
    }

    [Fact]
    public void A_restarted_silo_and_its_ghost_are_told_apart_by_their_addresses()
    {
        SiloMember[] members = [Silo("a") with { Silo = "10.0.0.1:1@2" }, Silo("a") with { Silo = "10.0.0.1:1@1" }];
        Assert.Equal(Pairs(Plan(members, 2)), Pairs(Plan([.. members.Reverse()], 2)));
    }

    [Theory]
    [InlineData(
        "head0=z",
        "No place for head-0 at 'z': it needs a cpu device and 10 MiB. Silos: a: cpu, 1000 MiB free; b: cpu, 1000 MiB free, leaving. "
            + "Change --place or --device, or start another silo."
    )]
    [InlineData("head0=a/cuda:0", "No place for head-0 at 'a/cuda:0'")]
    [InlineData("backbone=b", "No place for backbone at 'b'")]
    public void A_pin_that_cannot_be_kept_is_refused_with_the_list_of_silos(string pin, string expected) =>
        Assert.StartsWith(
            expected,
            Assert
                .Throws<NoPlaceException>(() =>
                    Plan([Silo("b") with { Draining = true }, Silo("a")], 2, OwnerPins.Parse([pin], 2), need: 10)
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_empty_cluster_is_told_so() =>
        Assert.Contains("Silos: none.", Assert.Throws<NoPlaceException>(() => Plan([], 1)).Message, StringComparison.Ordinal);

    private static SiloMember Silo(string name) => new(name, $"10.0.0.{name[0] - 'a'}:11111@1", ["cpu"], 4, 1000, [], Draining: false);

    private static IReadOnlyDictionary<OwnerId, OwnerLocation> Plan(
        IReadOnlyList<SiloMember> members,
        int heads,
        IReadOnlyDictionary<OwnerId, (string Member, string? Device)>? pins = null,
        long need = 1,
        bool replicates = false
    ) => LayoutPlanner.Plan(members, "r", heads, "cpu", _ => need, replicates, pins ?? NoPins);

    private static IEnumerable<(OwnerId, OwnerLocation)> Pairs(IReadOnlyDictionary<OwnerId, OwnerLocation> layout) =>
        layout.OrderBy(pair => pair.Key.Head).Select(pair => (pair.Key, pair.Value));

    private static IEnumerable<string> Text(IReadOnlyDictionary<OwnerId, OwnerLocation> layout) =>
        Pairs(layout).Select(pair => $"{pair.Item1} {pair.Item2.Member}/{pair.Item2.Device}");
}
