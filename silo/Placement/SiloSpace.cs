using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Placement;

/// <summary>A silo while a layout is planned.</summary>
internal sealed class SiloSpace
{
    private readonly MemorySpace _shared;
    private readonly Dictionary<string, MemorySpace> _own;

    /// <summary>Takes stock.</summary>
    /// <param name="member">What it says of itself.</param>
    /// <param name="heldMib">Memory of a device that the run's own owners hold there, in MiB: it is free again when they move.</param>
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

    /// <summary>What it says of itself.</summary>
    public SiloMember Member { get; }

    /// <summary>Whether an owner of the run is to live here.</summary>
    public bool HasOwners { get; set; }

    /// <summary>What a device has: its own memory, or the silo's.</summary>
    public MemorySpace Memory(string device) => _own.GetValueOrDefault(device, _shared);

    /// <inheritdoc/>
    public override string ToString()
    {
        var devices = Member.Devices.Select(device => _own.TryGetValue(device, out var memory) ? $"{device} with {memory}" : device);
        return $"{Member.Name}: {string.Join(", ", devices)}, {_shared}{(Member.Draining ? ", leaving" : string.Empty)}";
    }
}
