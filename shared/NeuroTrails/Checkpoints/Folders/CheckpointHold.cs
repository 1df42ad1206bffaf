using Microsoft.Win32.SafeHandles;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// Keeps a checkpoint from being pruned while it is read: a lock on its manifest that readers share, that needs no right to write, and that
/// ends with its process. Where the file system knows no locks, the checkpoint is read as it is.
/// </summary>
public sealed class CheckpointHold : IDisposable
{
    private readonly SafeFileHandle? _manifest;

    private CheckpointHold(SafeFileHandle? manifest) => _manifest = manifest;

    /// <summary>Lets the checkpoint go.</summary>
    public void Dispose() => _manifest?.Dispose();

    // Holds a checkpoint; null where it is on its way out, or gone.
    internal static CheckpointHold? TryTake(string folder)
    {
        var path = Path.Combine(folder, ManifestFormat.FileName);
        SafeFileHandle? manifest = null;
        try
        {
            manifest = RegularFile.OpenHandle(path);
            if (
                Locks(manifest, path, exclusive: false)
                && FileStatus.OfAny(path, followLink: true) == (OperatingSystem.IsLinux() ? FileStatus.Of(manifest) : null)
            )
            {
                return new(manifest);
            }

            manifest.Dispose();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What is wrong with it is for whoever verifies it to say.
            manifest?.Dispose();
            return Directory.Exists(folder) ? new(null) : null;
        }
    }

    // Does something that a reader must not see, unless there is one.
    internal static bool Unless(string folder, Action remove)
    {
        var path = Path.Combine(folder, ManifestFormat.FileName);
        SafeFileHandle? manifest = null;
        try
        {
            manifest = RegularFile.OpenHandle(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Damaged: nobody can be reading it.
        }

        using (manifest)
        {
            if (manifest is not null && !Locks(manifest, path, exclusive: true))
            {
                return false;
            }

            remove();
            return true;
        }
    }

    private static bool Locks(SafeFileHandle manifest, string path, bool exclusive)
    {
        try
        {
            return Posix.TryLock(manifest, path, exclusive);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
