using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Models;

namespace NeuroTrails.Silo.Placement;

/// <summary>
/// Finds a place for every owner of a run: each goes to the device with the most room, which spreads them; a device's room is its cores (a
/// CUDA device counts as <see cref="CudaRoom"/>) less the owners that it has. The same members give the same layout, whoever plans.
/// </summary>
internal static class LayoutPlanner
{
    // What a CUDA device counts as, beside the cores of a CPU.
    public const int CudaRoom = 64;

    /// <summary>Plans.</summary>
    /// <param name="members">Silos, at least one, in any order; those that are draining take no owners.</param>
    /// <param name="runId">The run; its own owners, where they live now, take up neither room nor memory.</param>
    /// <param name="heads">Heads M.</param>
    /// <param name="kind"><c>cpu</c> or <c>cuda</c>: a run's numbers depend on it, so that all its owners live on one kind.</param>
    /// <param name="needMib">Memory that an owner needs, in MiB.</param>
    /// <param name="replicates">Whether every silo with owners holds the backbone or a replica of it.</param>
    /// <param name="pins">Owners that must live in a certain place.</param>
    /// <exception cref="NoPlaceException">Nothing fits, or a pin names a place that is not there; the message lists the silos.</exception>
    public static IReadOnlyDictionary<OwnerId, OwnerLocation> Plan(
        IReadOnlyList<SiloMember> members,
        string runId,
        int heads,
        string kind,
        Func<OwnerId, long> needMib,
        bool replicates,
        IReadOnlyDictionary<OwnerId, (string Member, string? Device)> pins
    )
    {
        // A silo that was restarted may bear the name of one that is not yet forgotten: the address decides between them.
        var silos = members
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Silo, StringComparer.Ordinal)
            .Select(member => new SiloSpace(member, device => Held(member, device, runId, heads, needMib)))
            .ToList();
        var seats = silos
            .Where(silo => !silo.Member.Draining)
            .SelectMany(silo =>
                silo.Member.Devices.Where(device => IsOf(device, kind))
                    .Select(device => new DeviceSpace(silo, device, Room(silo.Member, device, runId)))
            )
            .ToList();
        var layout = new Dictionary<OwnerId, OwnerLocation>();

        // Who may choose less sits first.
        foreach (
            var owner in OwnerId
                .All(heads)
                .OrderBy(owner =>
                    pins.TryGetValue(owner, out var pin)
                        ? pin.Device is null
                            ? 1
                            : 0
                        : 2
                )
        )
        {
            var fits = seats.Where(seat =>
                seat.Memory.FreeMib >= Need(owner, seat.Silo) && (!pins.TryGetValue(owner, out var pin) || seat.IsAt(pin))
            );
            var best =
                fits.MaxBy(seat => seat.Room)
                ?? throw NothingFits(
                    owner,
                    silos,
                    kind,
                    needMib(owner),
                    replicates && !owner.IsBackbone ? needMib(OwnerId.Backbone) : 0,
                    pins
                );
            best.Take(Need(owner, best.Silo));
            layout[owner] = new(owner.ToString(), best.Silo.Member.Name, best.Silo.Member.Silo, best.Device);
        }

        return layout;

        // Whichever owner is the first of its silo brings the backbone, or a replica of it, along.
        long Need(OwnerId owner, SiloSpace silo) =>
            !replicates ? needMib(owner) : (owner.IsBackbone ? 0 : needMib(owner)) + (silo.HasOwners ? 0 : needMib(OwnerId.Backbone));
    }

    private static bool IsOf(string device, string kind) => device.Split(':')[0] == kind;

    private static int Room(SiloMember member, string device, string runId) =>
        (IsOf(device, "cuda") ? CudaRoom : member.Cores)
        - member.Owners.Count(owner =>
            owner.EndsWith('@' + device, StringComparison.Ordinal) && !owner.StartsWith(runId + '/', StringComparison.Ordinal)
        );

    private static long Held(SiloMember member, string device, string runId, int heads, Func<OwnerId, long> needMib) =>
        OwnerId.All(heads).Where(owner => member.Owners.Contains($"{runId}/{owner}@{device}")).Sum(needMib)
        + (
            Enumerable.Range(1, heads).Count(replica => member.Owners.Contains($"{GrainKeys.Replica(runId, replica)}@{device}"))
            * needMib(OwnerId.Backbone)
        );

    private static NoPlaceException NothingFits(
        OwnerId owner,
        List<SiloSpace> silos,
        string kind,
        long need,
        long replica,
        IReadOnlyDictionary<OwnerId, (string Member, string? Device)> pins
    )
    {
        var wish = pins.TryGetValue(owner, out var pin)
            ? $" at '{pin.Member}{(pin.Device is null ? string.Empty : "/" + pin.Device)}'"
            : string.Empty;
        var more =
            replica > 0 ? $", or {need + replica} MiB with the replica of the backbone where a silo has no other owner" : string.Empty;
        return new(
            $"No place for {owner}{wish}: it needs a {kind} device and {need} MiB{more}. "
                + $"Silos: {(silos.Count == 0 ? "none" : string.Join("; ", silos))}. Change --place or --device, or start another silo."
        )
        {
            Leaving = [.. silos.Where(silo => silo.Member.Draining).Select(silo => silo.Member.Silo)],
        };
    }
}
