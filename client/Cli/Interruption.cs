using System.Runtime.InteropServices;

namespace NeuroTrails.Client.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;
    private int _signals;

    /// <summary>Listens from now on.</summary>
    /// <param name="error">Receives the word that the request was heard.</param>
    public Interruption(TextWriter error)
    {
        _error = error;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Stops listening.</summary>
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

        _source.Cancel();
    }

    /// <summary>Ends the process without waiting for anything or anybody.</summary>
    /// <param name="code">The exit code.</param>
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void ExitNow(int code);
}
