using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>What happened in a run, numbered, for those who watch; written to from any thread. Old updates are forgotten: who comes late
/// misses them and no more.</summary>
internal sealed class UpdateLog
{
    private const int Kept = 4096;
    private readonly Lock _gate = new();
    private readonly Queue<RunUpdate> _updates = new();
    private TaskCompletionSource _changed = NewSignal();
    private long _sequence;

    public void Add(RunUpdate update)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _updates.Enqueue(update);
            _sequence++;
            if (_updates.Count > Kept)
            {
                _updates.Dequeue();
            }

            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    public RunSnapshot Snapshot(long after, RunPhase phase, long step, RunFailure? failure, RunSummary? summary)
    {
        lock (_gate)
        {
            // Who has seen more than there was knows another activation's log: all of this one's is new.
            var fresh = after > _sequence ? _updates.Count : (int)Math.Min(_sequence - after, _updates.Count);
            return new(phase, _sequence, [.. _updates.Skip(_updates.Count - fresh)], step, failure, summary);
        }
    }

    public Task Beyond(long sequence)
    {
        lock (_gate)
        {
            return _sequence != sequence ? Task.CompletedTask : _changed.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
