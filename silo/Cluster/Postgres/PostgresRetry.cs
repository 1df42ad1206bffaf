using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>
/// Repeats what a restarting server interrupted, with growing pauses, for a bounded time.
/// Only for operations that may be carried out twice: see <see cref="PostgresDatabase.NextWriteIdAsync"/>.
/// </summary>
internal sealed class PostgresRetry(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(50);

    // A restart takes seconds; asking more rarely than this would add to the recovery, more often only to the log.
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs an operation until it succeeds, fails for good, or the time is up.</summary>
    public async Task<T> RunAsync<T>(string what, TimeSpan limit, Func<CancellationToken, Task<T>> attempt, CancellationToken stop)
    {
        var start = time.GetTimestamp();
        for (var pause = _firstPause; ; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            try
            {
                return await attempt(stop);
            }
            catch (Exception fault) when (PostgresFaults.IsPassing(fault) && time.GetElapsedTime(start) + pause <= limit)
            {
                logger.TryingAgain(what, fault.Message, pause);
            }

            await Task.Delay(pause, time, stop);
        }
    }
}
