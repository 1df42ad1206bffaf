using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// The three system calls that .NET does not offer: flushing a folder's names, an advisory lock whatever .NET's own file-locking switch says, and reading
/// a file that another process has locked (.NET takes a shared lock on whatever it opens). Elsewhere than on Linux each does without.
/// </summary>
internal static class Posix
{
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int WithoutWaiting = 4;
    private const int TryAgain = 11;
    private const int InvalidArgument = 22;
    private const int ReadOnlyFileSystem = 30;
    private const int NotSupported = 95;

    /// <summary>Waits until the names in a folder are on the disk; does nothing elsewhere than on Linux, where a rename is durable once it returns or cannot be made so.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">The folder cannot be opened, or the disk refuses.</exception>
    public static void SyncDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var handle = OpenForReading(path);
        // Some network file systems know no fsync on folders and say so; they order renames themselves.
        if (fsync(handle) != 0 && Marshal.GetLastPInvokeError() is var error && error is not (InvalidArgument or ReadOnlyFileSystem or NotSupported))
        {
            throw Fault(error, path);
        }
    }

    /// <summary>Takes a lock that dies with the process; false where another holds one that excludes it.</summary>
    /// <param name="file">An open file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="exclusive">Whether it excludes all others, or only exclusive ones.</param>
    /// <exception cref="IOException">The file system knows no locks.</exception>
    public static bool TryLock(SafeFileHandle file, string path, bool exclusive)
    {
        if (!OperatingSystem.IsLinux() || flock(file, (exclusive ? Exclusive : Shared) | WithoutWaiting) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == TryAgain ? false : throw Fault(error, path);
    }

    /// <summary>Opens a file or folder for reading without any lock.</summary>
    /// <param name="path">What to open.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenForReading(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        var descriptor = open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnlyCloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Fault(Marshal.GetLastPInvokeError(), path);
    }

    // The error number is the HResult, as in the exceptions of .NET itself, so that one place can recognise a full disk.
    private static IOException Fault(int error, string path) => new($"{new Win32Exception(error).Message} : '{path}'", error);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(SafeFileHandle file, int operation);
}
