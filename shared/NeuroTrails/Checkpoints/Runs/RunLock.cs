using System.Globalization;
using System.Text;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// The right to write a run folder. The operating system holds the lock on an open file, so it vanishes with the process, however that ends; the file stays, because removing
/// it would let two processes lock two files of one name. Its text only tells others who holds it.
/// </summary>
public sealed class RunLock : IDisposable
{
    private const int Attempts = 5;
    private const int AttemptMilliseconds = 20;
    private const string Unknown = "another process";
    private readonly FileStream _stream;

    private RunLock(RunFolder folder, FileStream stream)
    {
        Folder = folder;
        _stream = stream;
    }

    /// <summary>What is locked.</summary>
    public RunFolder Folder { get; }

    /// <summary>Takes the lock, without waiting for a writer to end.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="time">Clock for the lock's text.</param>
    /// <exception cref="UserErrorException">Another holds it (the message names its process), or the folder cannot be written.</exception>
    public static RunLock Acquire(RunFolder folder, TimeProvider time)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Open(folder, time);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                if (StorageFaults.Explain(fault, fault is NotRegularFileException ? folder.LockPath : folder.Path) is { } error)
                {
                    throw error;
                }

                if (attempt == Attempts)
                {
                    throw new UserErrorException(
                        $"'{folder.Path}' is being written by {Text(folder)}. Wait for it or stop it, or choose another folder with --out.", fault);
                }

                // Somebody may only be asking HolderOf, which takes the lock for a moment.
                Thread.Sleep(AttemptMilliseconds);
            }
        }
    }

    /// <summary>Who is writing a run: process, machine and start time; or null where nobody is.</summary>
    /// <param name="folder">The run.</param>
    public static string? HolderOf(RunFolder folder)
    {
        try
        {
            using var handle = RegularFile.OpenHandle(folder.LockPath);
            return Posix.TryLock(handle, folder.LockPath, exclusive: false) ? null : Text(folder);
        }
        catch (NotRegularFileException)
        {
            return null; // Nobody can write a run with that in it.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return File.Exists(folder.LockPath) ? Unknown : null;
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

    private static RunLock Open(RunFolder folder, TimeProvider time)
    {
        var stream = RegularFile.OpenOrCreate(folder.LockPath);
        try
        {
            if (!Posix.TryLock(stream.SafeFileHandle, folder.LockPath, exclusive: true))
            {
                throw new IOException($"'{folder.LockPath}' is locked");
            }

            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(Describe(time.GetUtcNow())));
            stream.Flush();
            return new RunLock(folder, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static string Describe(DateTimeOffset since) => string.Create(
        CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, since {since:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Text(RunFolder folder)
    {
        try
        {
            using var handle = RegularFile.OpenHandle(folder.LockPath);
            var text = new byte[200];
            var read = RandomAccess.Read(handle, text, 0);
            return read == 0 ? Unknown : Encoding.UTF8.GetString(text, 0, read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Unknown;
        }
    }
}
