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

    /// <summary>Remembers a call until it is answered.</summary>
    /// <returns>The timestamp at which it has waited too long.</returns>
    public long Add(GrainCall call, TimeSpan timeout)
    {
        _calls.TryAdd(call, 0);
        return timeout < TimeSpan.Zero || timeout > TimeSpan.FromDays(365)
            ? long.MaxValue
            : _time.GetTimestamp() + (long)(timeout.TotalSeconds * _time.TimestampFrequency);
    }

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
