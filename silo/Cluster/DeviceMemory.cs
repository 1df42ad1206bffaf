using System.Globalization;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Memory of a silo's devices, as far as it is their own.</summary>
internal sealed class DeviceMemory(ICudaMemory cuda)
{
    private readonly Dictionary<string, long> _unused = new(StringComparer.Ordinal);

    // In MiB; null where it lives on the silo's memory, or where nobody can tell. Owners are named as RUN/head-0@cuda:0.
    public long?[] FreeMib(IReadOnlyList<string> devices, IReadOnlyList<string> owners) =>
        [.. devices.Select(device => FreeMib(device, owners.Any(owner => owner.EndsWith('@' + device, StringComparison.Ordinal))))];

    private long? FreeMib(string device, bool isUsed)
    {
        if (device.Split(':') is not ["cuda", var index] || cuda.FreeMib(int.Parse(index, CultureInfo.InvariantCulture)) is not { } free)
        {
            return null;
        }

        if (isUsed)
        {
            return free;
        }

        // libtorch keeps what its tensors have left, for its next ones: to the driver it looks taken, to owners it is free.
        return _unused[device] = Math.Max(free, _unused.GetValueOrDefault(device));
    }
}
