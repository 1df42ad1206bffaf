using System.Collections.Concurrent;

namespace NeuroTrails.Tests.Engine;

/// <summary>A clock whose timers go off a hundred times sooner: patience of half a minute is over in 0.3 s.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Times = 100;

    /// <summary>For how long timers were set, in the order in which they were made.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));
    }

    private static TimeSpan Sooner(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Times;
}
