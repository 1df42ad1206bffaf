using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Calls that wait for a response. One timer looks at all of them: a timer a call would cost more than the call.</summary>
internal sealed class OutstandingCalls : IDisposable
{
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<GrainCall, byte> _calls = new(ReferenceEqualityComparer.Instance);
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public OutstandingCalls(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static self => ((OutstandingCalls)self!).Look(), this, Resolution, Resolution);
    }

    /// <summary>Remembers a call until it is answered. Its deadline must be set: the timer may look at it at once.</summary>
    public void Add(GrainCall call) => _calls.TryAdd(call, 0);

    /// <summary>The timestamp at which a call that is sent now has waited too long.</summary>
    public long DeadlineOf(TimeSpan timeout)
        => timeout < TimeSpan.Zero || timeout > TimeSpan.FromDays(365)
            ? long.MaxValue
            : _time.GetTimestamp() + (long)(timeout.TotalSeconds * _time.TimestampFrequency);

    public void Remove(GrainCall call) => _calls.TryRemove(call, out _);

    public void RejectAll(Func<GrainCall, Exception> reason)
    {
        foreach (var (call, _) in _calls)
        {
            call.Reject(reason(call));
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = _time.GetTimestamp();
        foreach (var (call, _) in _calls)
        {
            if (call.IsExpired(now))
            {
                Remove(call);
                call.OnTimeout();
            }
        }
    }
}
