using System.Buffers.Binary;
using System.Globalization;
using NeuroTrails.Files;

namespace NeuroTrails.Silo.Cluster.Files;

/// <summary>One grain's state in a file: its version (int64, little-endian), whether there is a state (one byte), the state. Replaced
/// whole, under a lock that every process respects.</summary>
/// <param name="path">The file.</param>
/// <param name="time">Clock of the waiting.</param>
internal sealed class StateFile(string path, TimeProvider time)
{
    private const int HeadBytes = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Version and state; version 0 where the file is not there, no state where it was cleared.</summary>
    /// <exception cref="StateDamagedException">It holds something else.</exception>
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

    /// <summary>What to say where the file holds no state that can be read.</summary>
    /// <param name="what">What is wrong with it.</param>
    public StateDamagedException Damaged(string what) =>
        new(
            $"The cluster's state in '{path}' is damaged: {what}. Stop all silos, remove that file, start them again, and go on with each "
                + "run from its last checkpoint: train --cluster … --resume RUN."
        );

    /// <summary>Replaces the state where its version is the one that the caller knows.</summary>
    /// <param name="known">The version.</param>
    /// <param name="state">The new state; null clears it.</param>
    /// <returns>Whether it was replaced, and the version that is stored then.</returns>
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
