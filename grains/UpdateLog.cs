using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>What happened in a run, numbered, for clients that poll. Old updates are forgotten; a client that comes late misses them and no more.</summary>
internal sealed class UpdateLog
{
    private const int Kept = 4096;
    private readonly Queue<RunUpdate> _updates = new();
    private long _sequence;

    /// <summary>Adds an update.</summary>
    public void Add(RunUpdate update)
    {
        _updates.Enqueue(update);
        _sequence++;
        if (_updates.Count > Kept)
        {
            _updates.Dequeue();
        }
    }

    /// <summary>The updates after a sequence number.</summary>
    public RunSnapshot Snapshot(long after, RunPhase phase, long step, RunFailure? failure, RunSummary? summary)
    {
        // A client that has seen more than there was knows another activation's log: it gets all of this one's.
        var fresh = after > _sequence ? _updates.Count : (int)Math.Min(_sequence - after, _updates.Count);
        return new(phase, _sequence, [.. _updates.Skip(_updates.Count - fresh)], step, failure?.Reason, failure?.IsUsers ?? false, summary, null, failure);
    }
}
