using NeuroTrails.Execution;
using TorchSharp;

namespace NeuroTrails.Client.Compare;

/// <summary>How many runs compute at once, and where.</summary>
internal static class ComparisonSlots
{
    /// <summary>A device for each run at once.</summary>
    /// <param name="device">As typed; auto takes every CUDA device, where there is one.</param>
    /// <param name="jobs">Runs at once; null for as many as keep cores or devices busy.</param>
    /// <param name="threads">Threads of each run.</param>
    /// <exception cref="UserErrorException">A device is not there.</exception>
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
