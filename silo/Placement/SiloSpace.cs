using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Placement;

/// <summary>A silo while a layout is planned.</summary>
internal sealed class SiloSpace
{
    private readonly MemorySpace _shared;
    private readonly Dictionary<string, MemorySpace> _own;

    // What the run's own owners hold on a device is free again when they move.
    public SiloSpace(SiloMember member, Func<string, long> heldMib)
    {
        Member = member;
        _own = member
            .Devices.Zip(member.DeviceFreeMib ?? [])
            .Where(device => device.Second is not null)
            .ToDictionary(
                device => device.First,
                device => new MemorySpace(Math.Max(0, device.Second!.Value) + heldMib(device.First)),
                StringComparer.Ordinal
            );
        _shared = new(Math.Max(0, member.FreeMemoryMib) + member.Devices.Where(device => !_own.ContainsKey(device)).Sum(heldMib));
    }

    public SiloMember Member { get; }

    public bool HasOwners { get; set; }

    public MemorySpace Memory(string device) => _own.GetValueOrDefault(device, _shared);

    public override string ToString()
    {
        var devices = Member.Devices.Select(device => _own.TryGetValue(device, out var memory) ? $"{device} with {memory}" : device);
        return $"{Member.Name}: {string.Join(", ", devices)}, {_shared}{(Member.Draining ? ", leaving" : string.Empty)}";
    }
}
