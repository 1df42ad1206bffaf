using Microsoft.Win32.SafeHandles;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>A folder that must stay where it is while a run writes it: what is made again at its path would not be the run.</summary>
public sealed class HeldFolder : IDisposable
{
    private readonly string _path;

    // Open, so that the number of the folder is not given to another one.
    private readonly SafeFileHandle? _handle;
    private readonly FileStatus? _known;

    /// <summary>Holds a folder; it can be removed all the same.</summary>
    /// <param name="path">An existing folder.</param>
    /// <exception cref="IOException">There is no such folder.</exception>
    public HeldFolder(string path)
    {
        _path = path;
        if (OperatingSystem.IsLinux())
        {
            _handle = Posix.OpenForReading(path);
            _known = FileStatus.Of(_handle);
        }
    }

    /// <summary>Demands that the folder is still there.</summary>
    /// <exception cref="IOException">It was removed or moved, or another one has taken its place.</exception>
    public void Check()
    {
        if (_known is { } known ? FileStatus.Of(_path, followLink: true) != known : !Directory.Exists(_path))
        {
            throw new IOException(
                $"the run folder '{_path}' was removed or moved while the run was writing it; what it held is lost to the run, which ends "
                    + "here"
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();
}
