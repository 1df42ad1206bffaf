using NeuroTrails.Contracts;

namespace NeuroTrails.Silo;

/// <summary>What a run's coordinator says, as it comes. Where the coordinator dies with its silo,
/// the next call finds its successor.</summary>
internal sealed class SnapshotStream(ICoordinatorGrain coordinator, long seen) : IAsyncDisposable
{
    // A coordinator gives a sign of life each second.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private IAsyncEnumerator<RunSnapshot>? _snapshots;

    public long Seen { get; private set; } = seen;

    // Five seconds without a sign of life are a TimeoutException; may be called again, as after any exception of Orleans.
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
