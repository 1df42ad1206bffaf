using NeuroTrails.Execution;
using TorchSharp;

namespace NeuroTrails.Client.Compare;

/// <summary>How many runs compute at once, and where.</summary>
internal static class ComparisonSlots
{
    // auto takes every CUDA device, where there is one.
    public static IReadOnlyList<string> Of(string device, int? jobs, int threads)
    {
        var devices = TorchDevices.Resolve(device);
        if (device == "auto" && devices[0] != "cpu")
        {
            devices = [.. Enumerable.Range(0, torch.cuda.device_count()).Select(index => FormattableString.Invariant($"cuda:{index}"))];
        }

        var count = jobs ?? (devices[0] == "cpu" ? Math.Max(1, Environment.ProcessorCount / threads) : devices.Count);
        return [.. Enumerable.Range(0, count).Select(slot => devices[slot % devices.Count])];
    }
}
