using System.Buffers.Binary;
using System.Globalization;
using NeuroTrails.Files;

namespace NeuroTrails.Silo.Cluster.Files;

/// <summary>One grain's state in a file: its version (int64, little-endian), whether there is a state (one byte), the state. Replaced
/// whole, under a lock that every process respects.</summary>
internal sealed class StateFile(string path, TimeProvider time)
{
    private const int HeadBytes = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    // Version and state; version 0 where the file is not there, no state where it was cleared.
    public (long Version, byte[]? State) Read()
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < HeadBytes || bytes[8] > 1 || BinaryPrimitives.ReadInt64LittleEndian(bytes) is not (> 0 and var version))
            {
                throw Damaged(
                    string.Create(CultureInfo.InvariantCulture, $"it has {bytes.Length} bytes, which do not begin as a state does")
                );
            }

            return (version, bytes[8] == 0 ? null : bytes[HeadBytes..]);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return (0, null);
        }
    }

    public StateDamagedException Damaged(string what) =>
        new(
            $"The cluster's state in '{path}' is damaged: {what}. Stop all silos, remove that file, start them again, and go on with each "
                + "run from its last checkpoint: train --cluster … --resume RUN."
        );

    // Done only where its version is the one that the caller knows; no state clears it.
    public async Task<(bool Done, long Version)> Replace(long known, ReadOnlyMemory<byte>? state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var held = await Lock();
        var stored = Read().Version;
        if (stored != known)
        {
            return (false, stored);
        }

        var bytes = new byte[HeadBytes + (state?.Length ?? 0)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, known + 1);
        bytes[8] = state is null ? (byte)0 : (byte)1;
        state?.CopyTo(bytes.AsMemory(HeadBytes));
        AtomicFile.WriteAllBytes(path, bytes);
        return (true, known + 1);
    }

    // The operating system lets go of it when its holder dies.
    private async Task<FileStream> Lock()
    {
        var until = time.GetUtcNow() + Patience;
        while (true)
        {
            try
            {
                return new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetUtcNow() < until)
            {
                await Task.Delay(Pause, time);
            }
        }
    }
}
