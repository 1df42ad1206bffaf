using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Hears that this silo cannot go on, mostly because the others have declared it dead. Left to itself Orleans would abort the
/// process with a dump.</summary>
internal sealed class FatalErrors(TimeProvider time, ILogger<FatalErrors> logger) : IFatalErrorHandler
{
    // Who was a member for so short a time was hardly paused in it.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TaskCompletionSource<string> _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long? _joined;

    public void Joined() => _joined = time.GetTimestamp();

    // Ends with the reason when the silo has to go.
    public Task<string> Raised => _raised.Task;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        ClusterLog.Doomed(logger, context ?? "no reason given", exception);
        _raised.TrySetResult(
            exception is null
                ? $"was declared dead by the others {Because()} and ends its process; start it again, and it joins as a new one"
                : $"cannot go on ({exception.GetBaseException().Message}) and ends its process; start it again"
        );
    }

    // The reason goes on a sentence that begins with the silo's name.
    public void Raise(string reason)
    {
        ClusterLog.Doomed(logger, reason, null);
        _raised.TrySetResult(reason);
    }

    // Silos write by their own clocks when they were last alive: one whose clock is behind looks as if it had been silent for as long.
    private string Because() =>
        _joined is { } joined && time.GetElapsedTime(joined) >= Soon
            ? "(it was paused, starved or cut off for too long)"
            : "as soon as it had joined (most likely its clock is behind theirs: compare the clocks of the machines, they must agree "
                + "within seconds; or it was cut off at once)";
}
