using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Silo.Placement;

namespace NeuroTrails.Tests.Placement;

/// <content>Memory is counted once.</content>
public sealed partial class LayoutPlannerTests
{
    [Fact]
    public void Owners_of_one_run_share_the_memory_of_a_silo()
    {
        var layout = Plan([Silo("a") with { FreeMemoryMib = 250, Cores = 64 }, Silo("b") with { FreeMemoryMib = 10_000 }], 5, need: 100);
        Assert.Equal(2, layout.Values.Count(place => place.Member == "a"));
        var refusal = Assert.Throws<NoPlaceException>(() => Plan([Silo("a") with { FreeMemoryMib = 250 }], 5, need: 100)).Message;
        Assert.Contains("a: cpu, 250 MiB free (200 planned for other owners)", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Replicas_of_the_backbone_need_memory_on_every_silo_with_owners()
    {
        // The backbone and ten heads fill b; a has room for two heads, or for one and a replica.
        SiloMember[] members = [Silo("a") with { FreeMemoryMib = 200 }, Silo("b") with { FreeMemoryMib = 1100, Cores = 64 }];
        Assert.Equal(2, Plan(members, 12, need: 100).Values.Count(place => place.Member == "a"));
        Assert.Equal(1, Plan(members, 11, need: 100, replicates: true).Values.Count(place => place.Member == "a"));
        Assert.StartsWith(
            "No place for head-11: it needs a cpu device and 100 MiB, or 200 MiB with the replica of the backbone where a silo has no "
                + "other owner. Silos: a: cpu, 200 MiB free (200 planned for other owners); b: cpu, 1100 MiB free (1100 planned for other "
                + "owners).",
            Assert.Throws<NoPlaceException>(() => Plan(members, 12, need: 100, replicates: true)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Memory_that_the_runs_own_replica_holds_is_its() =>
        Assert.Equal(
            ["backbone a/cpu", "head-0 b/cpu"],
            Text(
                Plan(
                    [
                        Silo("a") with
                        {
                            FreeMemoryMib = 100,
                        },
                        Silo("b") with
                        {
                            FreeMemoryMib = 0,
                            Owners = ["r/head-0@cpu", "r/replica-1@cpu"],
                        },
                    ],
                    1,
                    need: 100,
                    replicates: true
                )
            )
        );

    [Fact]
    public void Memory_that_the_runs_own_owners_hold_is_theirs() =>
        Assert.Equal(
            ["backbone a/cpu", "head-0 a/cpu"],
            Text(Plan([Silo("a") with { FreeMemoryMib = -50, Owners = ["r/backbone@cpu", "r/head-0@cpu"] }], 1, need: 100))
        );

    [Fact]
    public void Cuda_owners_share_their_devices_own_memory_and_not_the_silos()
    {
        SiloMember[] members =
        [
            Silo("a") with
            {
                Devices = ["cpu", "cuda:0", "cuda:1"],
                DeviceFreeMib = [null, 250, 0],
                FreeMemoryMib = 50,
                Owners = ["r/head-0@cuda:1"],
            },
        ];
        var layout = LayoutPlanner.Plan(members, "r", 2, "cuda", _ => 100, false, NoPins);
        Assert.Equal(["cuda:0", "cuda:0", "cuda:1"], layout.Values.Select(place => place.Device).Order());
        var refusal = Assert.Throws<NoPlaceException>(() => LayoutPlanner.Plan(members, "r", 3, "cuda", _ => 100, false, NoPins)).Message;
        Assert.Contains(
            "Silos: a: cpu, cuda:0 with 250 MiB free (200 planned for other owners), cuda:1 with 100 MiB free (100 planned for other "
                + "owners), 50 MiB free.",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "it needs a cpu device and 100 MiB",
            Assert.Throws<NoPlaceException>(() => LayoutPlanner.Plan(members, "r", 1, "cpu", _ => 100, false, NoPins)).Message,
            StringComparison.Ordinal
        );
    }
}
