using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Web;

/// <summary>What a page shows: a cluster, or the one run of a process.</summary>
internal sealed record WebScope
{
    // A folder of years of runs is no list to look through.
    private const int MostFolders = 50;

    /// <summary>The cluster's name, or the run's.</summary>
    public required string Title { get; init; }

    /// <summary>Folders of runs by name.</summary>
    public required Func<IReadOnlyDictionary<string, string>> Folders { get; init; }

    /// <summary>The one run of this process; null in a cluster.</summary>
    public string? OwnRun { get; init; }

    /// <summary>What this process says of itself, where it is no member of a cluster.</summary>
    public Func<SiloMember>? Self { get; init; }

    /// <summary>A cluster's runs.</summary>
    /// <param name="cluster">Its name.</param>
    /// <param name="runsFolder">Folder of its runs.</param>
    public static WebScope Of(string cluster, string runsFolder) => new() { Title = cluster, Folders = () => Within(runsFolder) };

    /// <summary>The one run of a process.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="device">Where its owners live.</param>
    public static WebScope OfProcess(string folder, string device)
    {
        var run = Path.GetFileName(folder);
        return new()
        {
            Title = run,
            OwnRun = run,
            Folders = () => new Dictionary<string, string> { [run] = folder },
            Self = () =>
                new(
                    "local",
                    string.Empty,
                    device.Split(','),
                    Environment.ProcessorCount,
                    Free(),
                    [],
                    Draining: false,
                    ResidentMib: Environment.WorkingSet >> 20
                ),
        };
    }

    /// <summary>One run's folder, to be replayed.</summary>
    /// <param name="folder">The folder.</param>
    public static WebScope OfFolder(string folder) =>
        new() { Title = Path.GetFileName(folder), Folders = () => new Dictionary<string, string> { [Path.GetFileName(folder)] = folder } };

    private static long Free() => Math.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet) >> 20;

    private static Dictionary<string, string> Within(string runs)
    {
        try
        {
            return new DirectoryInfo(runs)
                .EnumerateDirectories()
                .Where(folder => new RunFolder(folder.FullName).HoldsRun)
                .OrderByDescending(folder => folder.LastWriteTimeUtc)
                .Take(MostFolders)
                .ToDictionary(folder => folder.Name, folder => folder.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
