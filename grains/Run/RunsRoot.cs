using System.Collections.Concurrent;
using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>
/// Where a silo may write: below the folder of its runs, whatever a request says. It is asked where files are opened, because requests come
/// from many sides. In a cluster the folder is
/// <c>--runs</c>; in a process that runs one run it is the folder around that run's own, once the host has the right to write it.
/// </summary>
internal sealed class RunsRoot(string? folder = null)
{
    private readonly string? _folder = folder is null ? null : Full(folder);
    private readonly ConcurrentDictionary<string, byte> _opened = new(StringComparer.Ordinal);

    // Allows what lies below one more folder.
    public void Open(string folder) => _opened.TryAdd(Full(folder), 0);

    // Refuses to write where no run of this silo lies.
    public void CheckWriting(string path)
    {
        var full = Full(path);
        if (!(_folder is null ? _opened.Keys : _opened.Keys.Append(_folder)).Any(root => IsBelow(full, root)))
        {
            throw Refused("written", path);
        }
    }

    // Refuses to read checkpoints from where no run of this silo lies; a process that runs one run reads what its user named.
    public void CheckReading(string path)
    {
        if (_folder is not null && !IsBelow(Full(path), _folder))
        {
            throw Refused("read", path);
        }
    }

    private PathRefusedException Refused(string verb, string path) =>
        new(
            $"'{path}' may not be {verb}: it is not below "
                + $"{(_folder is null ? "the folder of this process's run" : $"the folder of this silo's runs, '{_folder}'")}."
        );

    private static bool IsBelow(string full, string root) =>
        full.StartsWith(root == "/" ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
