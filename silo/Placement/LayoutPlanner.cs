using NeuroTrails.Contracts;
using NeuroTrails.Models;

namespace NeuroTrails.Silo.Placement;

/// <summary>
/// Finds a place for every owner of a run: each goes to the device with the most room, which spreads them; a device's room is its cores (a CUDA
/// device counts as <see cref="CudaRoom"/>) less the owners that it has. The same members give the same layout, whoever plans.
/// </summary>
public static class LayoutPlanner
{
    /// <summary>What a CUDA device counts as, beside the cores of a CPU.</summary>
    public const int CudaRoom = 64;

    /// <summary>Plans.</summary>
    /// <param name="members">Silos, at least one; those that are draining are taken only where there are no others.</param>
    /// <param name="runId">The run; its own owners, where they live now, take up no room.</param>
    /// <param name="heads">Heads M.</param>
    /// <param name="kind"><c>cpu</c> or <c>cuda</c>: a run's numbers depend on it, so that all its owners live on one kind.</param>
    /// <param name="ownerMib">Memory that the largest owner needs, in MiB.</param>
    /// <param name="pins">Owners that must live in a certain place.</param>
    /// <exception cref="UserErrorException">Nothing fits, or a pin names a place that is not there; the message lists the silos.</exception>
    public static IReadOnlyDictionary<OwnerId, OwnerLocation> Plan(
        IReadOnlyList<SiloMember> members, string runId, int heads, string kind, long ownerMib, IReadOnlyDictionary<OwnerId, (string Member, string? Device)> pins)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(pins);
        var staying = members.Any(member => !member.Draining) ? members.Where(member => !member.Draining) : members;
        var seats = staying.OrderBy(member => member.Name, StringComparer.Ordinal).SelectMany(member => member.Devices.Where(device => IsOf(device, kind)).Select(device => new Seat(member, device, Room(member, device, runId)))).ToList();
        var layout = new Dictionary<OwnerId, OwnerLocation>();

        // Who may not choose sits first.
        foreach (var owner in OwnerId.All(heads).OrderBy(owner => !pins.ContainsKey(owner)))
        {
            var fits = seats.Where(seat => (seat.Member.FreeMemoryMib >= ownerMib || seat.Holds(runId)) && (!pins.TryGetValue(owner, out var pin) || seat.IsAt(pin))).ToList();
            var best = fits.MaxBy(seat => seat.Room) ?? throw NothingFits(owner, members, kind, ownerMib, pins);
            best.Room--;
            layout[owner] = new(owner.ToString(), best.Member.Name, best.Member.Silo, best.Device);
        }

        return layout;
    }

    private static bool IsOf(string device, string kind) => device.Split(':')[0] == kind;

    private static int Room(SiloMember member, string device, string runId) =>
        (device.StartsWith("cuda", StringComparison.Ordinal) ? CudaRoom : member.Cores)
        - member.Owners.Count(owner => owner.EndsWith('@' + device, StringComparison.Ordinal) && !owner.StartsWith(runId + '/', StringComparison.Ordinal));

    private static UserErrorException NothingFits(
        OwnerId owner, IReadOnlyList<SiloMember> members, string kind, long ownerMib, IReadOnlyDictionary<OwnerId, (string Member, string? Device)> pins)
    {
        var wish = pins.TryGetValue(owner, out var pin) ? $" at '{pin.Member}{(pin.Device is null ? string.Empty : "/" + pin.Device)}'" : string.Empty;
        var list = string.Join("; ", members.Select(member => $"{member.Name}: {string.Join(", ", member.Devices)}, {member.FreeMemoryMib} MiB free{(member.Draining ? ", leaving" : string.Empty)}"));
        return new($"No place for {owner}{wish}: it needs a {kind} device and {ownerMib} MiB. Silos: {(list.Length == 0 ? "none" : list)}. Change --place or --device, or start another silo.");
    }

    private sealed class Seat(SiloMember member, string device, int room)
    {
        public SiloMember Member { get; } = member;

        public string Device { get; } = device;

        public int Room { get; set; } = room;

        // What the run's own owners need there is taken already.
        public bool Holds(string runId) => Member.Owners.Any(owner => owner.StartsWith(runId + '/', StringComparison.Ordinal));

        public bool IsAt((string Member, string? Device) pin) => Member.Name == pin.Member && (pin.Device is null || pin.Device == Device);
    }
}
