using System.Globalization;
using NeuroTrails.Configuration;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>What the operating system says of this process's memory.</summary>
internal static class ProcessMemory
{
    public static double PeakMib() => Read("VmHWM:");

    public static double ResidentMib() => Read("VmRSS:");

    // Refuses a run on the CPU that takes more than this machine, or this container, has.
    public static void RefuseTooLarge(RunOptions options, DataShape data, ModelCatalogue models)
    {
        if (options.Device == "cpu")
        {
            MemoryNeed.Refuse(options, data, models, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        }
    }

    // Linux tells in kB; elsewhere the working set has to do.
    private static double Read(string field)
    {
        var line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal))
            : null;
        return line is null
            ? Environment.WorkingSet / 1048576.0
            : double.Parse(line[field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture)
                / 1024.0;
    }
}
