using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;

namespace NeuroTrails.Tests.Placement;

/// <summary>A cluster, a run and pins, drawn from a seed; also what a planner can at most be asked for.</summary>
internal sealed record RandomCluster(
    SiloMember[] Members,
    int Heads,
    string Kind,
    long NeedMib,
    Dictionary<OwnerId, (string Member, string? Device)> Pins
)
{
    public const string Run = "mine";

    public SiloMember[] Staying => [.. Members.Where(member => !member.Draining)];

    public static RandomCluster Draw(int seed)
    {
        var random = new Random(seed);
        var heads = random.Next(1, 13);
        var need = random.Next(1, 400);
        var members = Enumerable.Range(0, random.Next(1, 7)).Select(index => Member(random, index, heads)).ToArray();
        var pins = new Dictionary<OwnerId, (string, string?)>();
        foreach (var owner in OwnerId.All(heads).Where(_ => random.Next(5) == 0))
        {
            var member = members[random.Next(members.Length)];
            pins[owner] = (member.Name, random.Next(2) == 0 ? null : member.Devices[random.Next(member.Devices.Length)]);
        }

        return new(members, heads, random.Next(3) == 0 ? "cuda" : "cpu", need, pins);
    }

    public IReadOnlyDictionary<OwnerId, OwnerLocation> Plan() => Plan(Members);

    public IReadOnlyDictionary<OwnerId, OwnerLocation> Plan(IReadOnlyList<SiloMember> members) =>
        LayoutPlanner.Plan(members, Run, Heads, Kind, _ => NeedMib, replicates: false, Pins);

    /// <summary>Devices of the run's kind on a silo.</summary>
    public IEnumerable<string> Devices(SiloMember member) => member.Devices.Where(device => device.Split(':')[0] == Kind);

    /// <summary>The memory of the run's devices on a silo: for each the devices that share it, and
    /// how many of the run's owners it takes.</summary>
    public IEnumerable<(string[] Devices, long Capacity)> Memories(SiloMember member)
    {
        var known = member
            .Devices.Zip(member.DeviceFreeMib ?? new long?[member.Devices.Length])
            .ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (
            var group in known
                .Where(pair => Devices(member).Contains(pair.Key))
                .GroupBy(pair => pair.Value is null ? string.Empty : pair.Key)
        )
        {
            // Whoever shares the silo's memory, of whatever kind, may hold some of it already.
            string[] sharing =
            [
                .. known.Where(pair => group.Key.Length == 0 ? pair.Value is null : pair.Key == group.Key).Select(pair => pair.Key),
            ];
            var held = member.Owners.Count(owner =>
                owner.StartsWith(Run + "/", StringComparison.Ordinal) && sharing.Contains(owner.Split('@')[1])
            );
            yield return ([.. group.Select(pair => pair.Key)], (Math.Max(0, group.First().Value ?? member.FreeMemoryMib) / NeedMib) + held);
        }
    }

    /// <summary>How many of the run's owners a silo has the memory for.</summary>
    public long Capacity(SiloMember member) => Memories(member).Sum(memory => memory.Capacity);

    /// <summary>Whether any layout obeys the rules, counted without planning one.</summary>
    public bool IsPossible()
    {
        var usable = Staying.Where(member => Devices(member).Any()).ToDictionary(member => member.Name);
        var pinsHold = Pins.Values.All(pin =>
            usable.TryGetValue(pin.Member, out var member) && (pin.Device is null || Devices(member).Contains(pin.Device))
        );
        return pinsHold
            && usable.Values.All(member =>
                Pins.Values.Count(pin => pin.Member == member.Name) <= Capacity(member)
                && Memories(member)
                    .All(memory =>
                        Pins.Values.Count(pin => pin.Member == member.Name && pin.Device is { } device && memory.Devices.Contains(device))
                        <= memory.Capacity
                    )
            )
            && Heads + 1 <= usable.Values.Sum(Capacity);
    }

    /// <summary>Room of a device, as the planner's summary defines it, before anything is planned.</summary>
    public int Room(SiloMember member, string device) =>
        (Kind == "cuda" ? LayoutPlanner.CudaRoom : member.Cores)
        - member.Owners.Count(owner =>
            owner.EndsWith("@" + device, StringComparison.Ordinal) && !owner.StartsWith(Run + "/", StringComparison.Ordinal)
        );

    private static SiloMember Member(Random random, int index, int heads)
    {
        var cards = random.Next(3);
        string[] devices =
        [
            .. cards == 0 || random.Next(2) == 0 ? new[] { "cpu" } : [],
            .. Enumerable.Range(0, cards).Select(card => $"cuda:{card}"),
        ];
        var others = Enumerable
            .Range(0, random.Next(6))
            .Select(other =>
                $"{(random.Next(2) == 0 ? "mine2" : "other")}/head-{(index * 100) + other}@{devices[random.Next(devices.Length)]}"
            );

        // The run's own owners, each on one silo at most.
        var own = OwnerId
            .All(heads)
            .Where(owner => (owner.Head + 1) % 7 == index && random.Next(2) == 0)
            .Select(owner => $"{Run}/{owner}@{devices[0]}");
        return new(
            ((char)('a' + index)).ToString(),
            $"10.0.0.{index}:11111@{random.Next(1000)}",
            devices,
            random.Next(1, 17),
            random.Next(-100, 3000),
            [.. others, .. own],
            random.Next(4) == 0,
            Memory(random, devices)
        );
    }

    private static long?[]? Memory(Random random, string[] devices) =>
        random.Next(3) == 0
            ? null
            : [.. devices.Select(device => device == "cpu" || random.Next(4) == 0 ? (long?)null : random.Next(-100, 3000))];
}
