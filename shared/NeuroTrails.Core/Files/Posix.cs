using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NeuroTrails.Files;

/// <summary>
/// The system calls that .NET does not offer: flushing a folder's names, an advisory lock whatever .NET's own file-locking switch says,
/// and opening a file without locking it (.NET takes a shared lock on whatever it opens), without following a link and without waiting
/// for the other end of a pipe. Elsewhere than on Linux each does without.
/// </summary>
internal static class Posix
{
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int MakeMissing = 0x40;
    private const int NoTerminal = 0x100;
    private const int AtEnd = 0x400;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int SetFlags = 4;
    private const int ReadableByAll = 0x1b6; // 0666, less what the process masks.
    private const int NoEntry = 2;
    private const int NoPermission = 13;
    private const int TooManyLinks = 40;
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int WithoutWaiting = 4;
    private const int TryAgain = 11;
    private const int InvalidArgument = 22;
    private const int ReadOnlyFileSystem = 30;
    private const int NotSupported = 95;

    // Waits until the names in a folder are on the disk; does nothing elsewhere than on Linux, where a rename is durable once it returns or
    // cannot be made so.
    public static void SyncDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var handle = OpenForReading(path);
        // Some network file systems know no fsync on folders and say so; they order renames themselves.
        if (
            fsync(handle) != 0
            && Marshal.GetLastPInvokeError() is var error
            && error is not (InvalidArgument or ReadOnlyFileSystem or NotSupported)
        )
        {
            throw Fault(error, path);
        }
    }

    // Takes a lock that dies with the process; false where another holds one that excludes it.
    public static bool TryLock(SafeFileHandle file, string path, bool exclusive)
    {
        if (!OperatingSystem.IsLinux() || flock(file, (exclusive ? Exclusive : Shared) | WithoutWaiting) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == TryAgain ? false : throw Fault(error, path);
    }

    public static SafeFileHandle OpenForReading(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        var descriptor = open(Text(path), CloseOnExec, 0);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Fault(Marshal.GetLastPInvokeError(), path);
    }

    // Opens a regular file. Where it is to be written, a symbolic link in its place is refused.
    public static SafeFileHandle OpenFile(string path, FileAccess access, bool create, bool append)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path, create ? FileMode.OpenOrCreate : FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }

        // Looked at before it is opened, as opening a device may do something, and after, as somebody may have put another thing there.
        var writes = access != FileAccess.Read;
        RequireRegular(FileStatus.Of(path, followLink: !writes), path);
        var flags =
            (
                access switch
                {
                    FileAccess.Read => 0,
                    FileAccess.Write => WriteOnly,
                    _ => ReadWrite,
                }
            )
            | (create ? MakeMissing : 0)
            | (append ? AtEnd : 0)
            | (writes ? FileStatus.NoFollow : 0);
        var descriptor = open(Text(path), flags | CloseOnExec | NoTerminal | NonBlocking, ReadableByAll);
        if (descriptor < 0)
        {
            throw Marshal.GetLastPInvokeError() switch
            {
                NoEntry => new FileNotFoundException($"there is no file '{path}'", path),
                NoPermission => new UnauthorizedAccessException($"access to '{path}' is denied"),
                TooManyLinks when writes => new NotRegularFileException($"'{path}' is a symbolic link, which is not followed"),
                var error => Fault(error, path),
            };
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            RequireRegular(FileStatus.Of(handle), path);

            // .NET takes a handle that does not block for one of its asynchronous ones.
            return fcntl(handle, SetFlags, append ? AtEnd : 0) == 0 ? handle : throw Fault(Marshal.GetLastPInvokeError(), path);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public static byte[] Text(string path) =>
        path.Contains('\0', StringComparison.Ordinal)
            ? throw new IOException($"'{path.Replace('\0', '?')}' is no path: it holds a zero")
            : Encoding.UTF8.GetBytes(path + '\0');

    private static void RequireRegular(FileStatus? status, string path)
    {
        if (status is { IsRegular: false } other)
        {
            throw new NotRegularFileException($"'{path}' is {other.Kind}, not a regular file");
        }
    }

    // The error number is the HResult, as in the exceptions of .NET itself, so that one place can recognise a full disk.
    private static IOException Fault(int error, string path) => new($"{new Win32Exception(error).Message} : '{path}'", error);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(SafeFileHandle file, int command, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(SafeFileHandle file, int operation);
}
