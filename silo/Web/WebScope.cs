using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;

namespace NeuroTrails.Silo.Web;

/// <summary>What a page shows: a cluster, or the one run of a process.</summary>
internal sealed record WebScope
{
    // A folder of years of runs is no list to look through.
    private const int MostFolders = 50;

    public required string Title { get; init; }

    public required Func<IReadOnlyDictionary<string, string>> Folders { get; init; }

    // The one run of this process; null in a cluster.
    public string? OwnRun { get; init; }

    // What this process says of itself, where it is no member of a cluster.
    public Func<SiloMember>? Self { get; init; }

    public static WebScope Of(string cluster, string runsFolder) => new() { Title = cluster, Folders = () => Within(runsFolder) };

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
