using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NeuroTrails.Files;

/// <summary>
/// What lies at a path, and which of all things it is, as Linux tells it (statx(2), whose layout is the same on every processor).
/// </summary>
internal readonly record struct FileStatus(int Type, ulong Device, ulong Number)
{
    private const int TypeMask = 0xf000;
    private const int Regular = 0x8000;
    private const int Link = 0xa000;
    private const int WorkingFolder = -100;
    private const int DoNotFollow = 0x100;
    private const int HandleItself = 0x1000;
    private const uint TypeAndNumber = 0x101;
    private const int Bytes = 256;
    private static readonly byte[] NoPath = [0];

    // Flag of open(2) that refuses a symbolic link; the one flag of ours that processors disagree about.
    public static int NoFollow { get; } =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    public bool IsLink => Type == Link;

    public bool IsRegular => Type == Regular;

    public string Kind =>
        Type switch
        {
            0x1000 => "a named pipe",
            0x2000 => "a character device",
            0x4000 => "a folder",
            0x6000 => "a block device",
            0xa000 => "a symbolic link",
            0xc000 => "a socket",
            _ => "something else",
        };

    // What lies at a path; null where that cannot be found out, or there is nothing. Linux only.
    public static FileStatus? Of(string path, bool followLink)
    {
        var status = new byte[Bytes];
        return statx(WorkingFolder, Posix.Text(path), followLink ? 0 : DoNotFollow, TypeAndNumber, status) == 0 ? Read(status) : null;
    }

    public static FileStatus? OfAny(string path, bool followLink) => OperatingSystem.IsLinux() ? Of(path, followLink) : null;

    public static FileStatus? Of(SafeFileHandle opened)
    {
        var status = new byte[Bytes];
        var added = false;
        try
        {
            opened.DangerousAddRef(ref added);
            return statx((int)opened.DangerousGetHandle(), NoPath, HandleItself, TypeAndNumber, status) == 0 ? Read(status) : null;
        }
        finally
        {
            if (added)
            {
                opened.DangerousRelease();
            }
        }
    }

    private static FileStatus Read(ReadOnlySpan<byte> status)
    {
        // stx_mode, stx_dev_major and stx_dev_minor, stx_ino.
        var mode = BitConverter.ToUInt16(status[28..]);
        var device = ((ulong)BitConverter.ToUInt32(status[136..]) << 32) | BitConverter.ToUInt32(status[140..]);
        return new(mode & TypeMask, device, BitConverter.ToUInt64(status[32..]));
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] status);
}
