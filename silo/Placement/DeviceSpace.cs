namespace NeuroTrails.Silo.Placement;

/// <summary>A device while a layout is planned.</summary>
internal sealed class DeviceSpace(SiloSpace silo, string device, int room)
{
    public SiloSpace Silo { get; } = silo;

    public string Device { get; } = device;

    // Where its owners' tensors are: its own memory, or the silo's.
    public MemorySpace Memory { get; } = silo.Memory(device);

    // Owners that it is still meant for; below zero where there are more owners than cores.
    public int Room { get; private set; } = room;

    public void Take(long mib)
    {
        Room--;
        Silo.HasOwners = true;
        Memory.Take(mib);
    }

    public bool IsAt((string Member, string? Device) pin) => Silo.Member.Name == pin.Member && (pin.Device is null || pin.Device == Device);
}
