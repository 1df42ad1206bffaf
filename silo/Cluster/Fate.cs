using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Hears that this silo cannot go on, mostly because the others have declared it dead. Left to itself Orleans would abort the process with a dump.</summary>
/// <param name="logger">Log.</param>
internal sealed class Fate(ILogger<Fate> logger) : IFatalErrorHandler
{
    private readonly TaskCompletionSource<string> _sealed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the reason when the silo has to go.</summary>
    public Task<string> Sealed => _sealed.Task;

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc/>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        ClusterLog.Doomed(logger, context ?? "no reason given", exception);
        _sealed.TrySetResult(exception is null
            ? "was declared dead by the others (it was paused, starved or cut off for too long) and ends its process; start it again, and it joins as a new one"
            : $"cannot go on ({exception.GetBaseException().Message}) and ends its process; start it again");
    }
}
