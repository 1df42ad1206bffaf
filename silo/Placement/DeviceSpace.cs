namespace NeuroTrails.Silo.Placement;

/// <summary>A device while a layout is planned.</summary>
/// <param name="silo">Its silo.</param>
/// <param name="device">Its name there.</param>
/// <param name="room">How many more owners it is meant for; falls below zero where there are more owners than cores.</param>
internal sealed class DeviceSpace(SiloSpace silo, string device, int room)
{
    /// <summary>Its silo.</summary>
    public SiloSpace Silo { get; } = silo;

    /// <summary>Its name there.</summary>
    public string Device { get; } = device;

    /// <summary>Where its owners' tensors are: its own memory, or the silo's.</summary>
    public MemorySpace Memory { get; } = silo.Memory(device);

    /// <summary>How many more owners it is meant for.</summary>
    public int Room { get; private set; } = room;

    /// <summary>An owner is to live here.</summary>
    /// <param name="mib">Memory that it needs, in MiB.</param>
    public void Take(long mib)
    {
        Room--;
        Silo.HasOwners = true;
        Memory.Take(mib);
    }

    /// <summary>Whether a pin allows this place.</summary>
    public bool IsAt((string Member, string? Device) pin) => Silo.Member.Name == pin.Member && (pin.Device is null || pin.Device == Device);
}
