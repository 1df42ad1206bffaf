using Microsoft.Win32.SafeHandles;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>A folder that must stay where it is while a run writes it: what is made again at its path would not be the run.</summary>
internal sealed class HeldFolder : IDisposable
{
    private readonly string _path;

    // Open, so that the number of the folder is not given to another one.
    private readonly SafeFileHandle? _handle;
    private readonly FileStatus? _known;

    // Holds a folder; it can be removed all the same.
    public HeldFolder(string path)
    {
        _path = path;
        if (OperatingSystem.IsLinux())
        {
            _handle = Posix.OpenForReading(path);
            _known = FileStatus.Of(_handle);
        }
    }

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

    public void Dispose() => _handle?.Dispose();
}
