using NeuroTrails.Contracts;

namespace NeuroTrails.Silo;

/// <summary>What a run's coordinator says, as it comes. Where the coordinator dies with its silo,
/// the next call finds its successor.</summary>
/// <param name="coordinator">The run's coordinator.</param>
/// <param name="seen">Number of the last update that is known already; 0 for none.</param>
internal sealed class SnapshotStream(ICoordinatorGrain coordinator, long seen) : IAsyncDisposable
{
    // A coordinator gives a sign of life each second.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private IAsyncEnumerator<RunSnapshot>? _snapshots;

    /// <summary>Number of the last update that was seen.</summary>
    public long Seen { get; private set; } = seen;

    /// <summary>Waits for the next snapshot, which tells what has happened since the last one.</summary>
    /// <param name="stop">Gives up waiting.</param>
    /// <exception cref="TimeoutException">There was no sign of life for five seconds; may be
    /// called again, as after any exception of Orleans.</exception>
    public async Task<RunSnapshot> Next(CancellationToken stop)
    {
        var snapshots = _snapshots ??= coordinator.Watch(Seen, stop).GetAsyncEnumerator(stop);
        try
        {
            var snapshot = await snapshots.MoveNextAsync().AsTask().WaitAsync(Silence, stop)
                ? snapshots.Current
                : throw new TimeoutException("The coordinator has ended the stream.");
            Seen = snapshot.Sequence;
            if (!snapshot.IsUnderWay)
            {
                await DisposeAsync();
            }

            return snapshot;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _snapshots, null) is { } snapshots)
        {
            try
            {
                await snapshots.DisposeAsync().AsTask().WaitAsync(Patience);
            }
            catch (Exception fault)
                when (fault is TimeoutException or OrleansException or OperationCanceledException or NotSupportedException)
            {
                // Whoever had it is gone, or still busy with the call that was given up; it forgets by itself.
            }
        }
    }
}
