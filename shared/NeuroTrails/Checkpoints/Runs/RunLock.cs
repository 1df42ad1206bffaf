using System.Globalization;
using Microsoft.Win32.SafeHandles;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// The right to write a run folder, one writer at a time: on one machine by a lock of the operating system on <c>run.lock</c>, which
/// vanishes with the process, however that ends; across machines that share the folder by a lease in that file, which is renewed and runs
/// out. The file stays, because removing it would let two processes lock two files of one name.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const int Attempts = 5;
    private const int AttemptMilliseconds = 20;
    private const string Unknown = "another process";
    private readonly FileStream _stream;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private RunLease _lease;
    private long _renewed;
    private string? _takenBy;
    private bool _disposed;

    private RunLock(RunFolder folder, FileStream stream, RunLease lease, TimeProvider time)
    {
        (Folder, _stream, _lease, _time) = (folder, stream, lease, time);
        _renewed = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Look(renews: true), null, RunLease.Interval, RunLease.Interval);
    }

    public RunFolder Folder { get; }

    public static RunLock Acquire(RunFolder folder, TimeProvider time) => Acquire(folder, RunClaim.OfProcess(time), time);

    // Takes the right, without waiting for a writer to end.
    public static RunLock Acquire(RunFolder folder, RunClaim claim, TimeProvider time)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Open(folder, claim, time);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                if (StorageFaults.Explain(fault, fault is NotRegularFileException ? folder.LockPath : folder.Path) is { } error)
                {
                    throw error;
                }

                if (fault is FileNotFoundException)
                {
                    throw new UserErrorException($"There is no run folder '{folder.Path}' any more.", fault);
                }

                if (attempt == Attempts)
                {
                    throw new UserErrorException(
                        $"'{folder.Path}' is being written by {Text(folder)}. Wait for it or stop it, or choose another folder with --out.",
                        fault
                    );
                }

                // Somebody may only be asking HolderOf, which takes the lock for a moment.
                Thread.Sleep(AttemptMilliseconds);
            }
        }
    }

    // Who is writing a run, here or on another machine: process, machine and start time; or null where nobody is.
    public static string? HolderOf(RunFolder folder, TimeProvider time)
    {
        try
        {
            using var handle = RegularFile.OpenHandle(folder.LockPath);
            if (!Posix.TryLock(handle, folder.LockPath, exclusive: false))
            {
                return Text(folder);
            }

            if (RunLease.Read(handle) is not { } lease)
            {
                return null;
            }

            var isFresh = time.GetUtcNow() - File.GetLastWriteTimeUtc(folder.LockPath) < RunLease.Duration;
            return (lease.Machine == RunLease.ThisMachine ? IsFree(handle, folder) ?? !isFresh : !isFresh) ? null : lease.Holder;
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

    // Demands that the right is still this writer's. One that slept too long may have lost it.
    public void Check()
    {
        // Looked at each time: the clock stands still while a machine is suspended.
        Look(renews: _time.GetElapsedTime(Volatile.Read(ref _renewed)) > 2 * RunLease.Interval);
        if (Volatile.Read(ref _takenBy) is { } other)
        {
            throw new IOException(
                $"the run in '{Folder.Path}' is written by {other} by now, as this writer was not heard of for "
                    + $"{RunLease.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s or its cluster "
                    + "has begun anew elsewhere; it ends here"
            );
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                BestEffort.Do(() =>
                {
                    if (IsOwn())
                    {
                        _stream.SetLength(0);
                    }
                });
                _stream.Dispose();
            }
        }
    }

    private static RunLock Open(RunFolder folder, RunClaim claim, TimeProvider time)
    {
        var stream = RegularFile.OpenOrCreate(folder.LockPath);
        try
        {
            var handle = stream.SafeFileHandle;
            var alone = Posix.TryLock(handle, folder.LockPath, exclusive: true);
            if (!alone && !(claim.TakesTurns && Posix.TryLock(handle, folder.LockPath, exclusive: false)))
            {
                throw Held(folder);
            }

            if (
                RunLease.Read(handle) is { } lease
                && !(claim.TakesTurns && lease.Key == claim.Key)
                && !(alone && lease.Machine == RunLease.ThisMachine)
                && Age(folder) < RunLease.Duration
            )
            {
                throw Held(folder);
            }

            // Those that take turns share the lock, or one that was written off and still lives would keep its successor out.
            if (alone && claim.TakesTurns && !Posix.TryLock(handle, folder.LockPath, exclusive: false))
            {
                throw Held(folder);
            }

            var own = new RunLease(claim.Holder, claim.Key, RunClaim.NewKey(), RunLease.ThisMachine, 0);
            own.Write(handle);
            return new RunLock(folder, stream, own, time);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static IOException Held(RunFolder folder) => new($"'{folder.LockPath}' is locked");

    // Both times are those of whoever keeps the files, so that clocks need not agree.
    private static TimeSpan Age(RunFolder folder)
    {
        var probe = Path.Combine(folder.Path, FormattableString.Invariant($".neurotrails-{Environment.ProcessId}.tmp"));
        try
        {
            RegularFile.Create(probe).Dispose();
            return File.GetLastWriteTimeUtc(probe) - File.GetLastWriteTimeUtc(folder.LockPath);
        }
        finally
        {
            BestEffort.Do(() => File.Delete(probe));
        }
    }

    // Tried more than once: somebody else may be asking the same. Null where the file system does not tell one who only reads.
    private static bool? IsFree(SafeFileHandle handle, RunFolder folder)
    {
        try
        {
            for (var attempt = 1; attempt < Attempts; attempt++)
            {
                if (Posix.TryLock(handle, folder.LockPath, exclusive: true))
                {
                    return true;
                }

                Thread.Sleep(AttemptMilliseconds);
            }

            return false;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Text(RunFolder folder)
    {
        try
        {
            using var handle = RegularFile.OpenHandle(folder.LockPath);
            return RunLease.Read(handle)?.Holder ?? Unknown;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Unknown;
        }
    }

    private void Look(bool renews)
    {
        lock (_gate)
        {
            if (_disposed || _takenBy is not null)
            {
                return;
            }

            try
            {
                if (!IsOwn())
                {
                    _takenBy = RunLease.Read(_stream.SafeFileHandle)?.Holder ?? Unknown;
                }
                else if (renews)
                {
                    _lease = _lease with { Renewals = _lease.Renewals + 1 };
                    _lease.Write(_stream.SafeFileHandle);
                    Volatile.Write(ref _renewed, _time.GetTimestamp());
                }
            }
            catch (IOException)
            {
                // The disk may be away for a while; before anything is written it is asked again.
            }
        }
    }

    private bool IsOwn() => RunLease.Read(_stream.SafeFileHandle)?.Token == _lease.Token;
}
