using System.Globalization;
using System.Text;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// The right to write a run folder. The operating system holds the lock on an open file, so it vanishes with the process, however that ends; the file stays, because removing
/// it would let two processes lock two files of one name. Its text only tells others who holds it.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _stream;

    private RunLock(RunFolder folder, FileStream stream)
    {
        Folder = folder;
        _stream = stream;
    }

    /// <summary>What is locked.</summary>
    public RunFolder Folder { get; }

    /// <summary>Takes the lock, without waiting.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="time">Clock for the lock's text.</param>
    /// <exception cref="UserErrorException">Another holds it (the message names its process), or the folder cannot be written.</exception>
    public static RunLock Acquire(RunFolder folder, TimeProvider time)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(folder.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            if (!Posix.TryLock(stream.SafeFileHandle, folder.LockPath))
            {
                throw new IOException("locked");
            }

            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(Describe(time.GetUtcNow())));
            stream.Flush();
            return new RunLock(folder, stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw StorageFaults.Explain(fault, folder.Path)
                ?? new UserErrorException($"'{folder.Path}' is being written by {Holder(folder)}. Wait for it or stop it, or choose another folder with --out.", fault);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        if (_stream.CanWrite)
        {
            _stream.SetLength(0);
            _stream.Dispose();
        }
    }

    private static string Describe(DateTimeOffset since) => string.Create(
        CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, since {since:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Holder(RunFolder folder)
    {
        try
        {
            using var handle = Posix.OpenForReading(folder.LockPath);
            var text = new byte[200];
            var read = RandomAccess.Read(handle, text, 0);
            return read == 0 ? "another process" : Encoding.UTF8.GetString(text, 0, read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
