using System.Globalization;

namespace NeuroTrails.Files;

/// <summary>Turns the ways in which a disk can refuse into sentences for the user.</summary>
internal static class StorageFaults
{
    private const int NoPermission = 13;
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static UserErrorException? Explain(Exception fault, string path, long? bytesNeeded = null, string option = "--out")
    {
        if (fault is IOException { HResult: NoSpaceLeft or QuotaExceeded or WindowsDiskFull })
        {
            var needed = bytesNeeded is { } bytes ? $"{Bytes(bytes)} are needed, " : "";
            return new UserErrorException(
                $"The disk is full: cannot write '{path}': {needed}{Free(path)}. Make room, or choose another disk with {option}.",
                fault
            );
        }

        if (fault is NotRegularFileException)
        {
            return new UserErrorException(
                $"Cannot write '{path}': {fault.Message}. Remove that, or choose another place with {option}.",
                fault
            );
        }

        if (fault is UnauthorizedAccessException or IOException { HResult: NoPermission or ReadOnlyFileSystem })
        {
            return new UserErrorException(
                $"Cannot write '{path}': {fault.Message.TrimEnd('.')}. Choose a folder you may write to with {option}.",
                fault
            );
        }

        return null;
    }

    private static string Free(string path)
    {
        try
        {
            var folder = Path.GetFullPath(path);
            while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
            {
                folder = parent;
            }

            return $"{Bytes(new DriveInfo(folder).AvailableFreeSpace)} are free";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "how many are free is unknown";
        }
    }

    private static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");
}
