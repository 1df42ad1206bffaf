using System.Runtime.InteropServices;

namespace NeuroTrails.Client.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends the process at once. A process that another one has started and
/// watches over is asked by the end of its standard input, which comes however that other one ends; Ctrl-C, of which a terminal tells both,
/// is left to it.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;
    private readonly bool _isWatched;
    private int _signals;

    public const string Watched = "NEUROTRAILS_WATCHED";

    public Interruption(TextWriter error, Stream? watcher = null)
    {
        (_error, _isWatched) = (error, watcher is not null);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
        if (watcher is not null)
        {
            new Thread(() => AwaitEnd(watcher)) { IsBackground = true, Name = "watcher" }.Start();
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_isWatched && context.Signal == PosixSignal.SIGINT)
        {
            return;
        }

        Heard();
    }

    private void AwaitEnd(Stream watcher)
    {
        try
        {
            while (watcher.ReadByte() >= 0) { }
        }
        catch (IOException)
        {
            // An end as good as any.
        }

        Heard();
    }

    private void Heard()
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            // Not Environment.Exit: it waits for handlers, and the user has asked twice.
            ExitNow(ExitCode.Interrupted);
        }

        try
        {
            _error.WriteLine("stopping in good order; once more to quit at once");
        }
        catch (IOException)
        {
            // What takes the errors is full or closed; the request counts all the same.
        }

        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The process is at its end.
        }
    }

    // Ends the process without waiting for anything or anybody.
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void ExitNow(int code);
}
