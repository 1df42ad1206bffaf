using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer whose callbacks are turns of the grain that registered it; disposing stops it.</summary>
public interface IGrainTimer : IDisposable
{
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a grain timer ticks.</summary>
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first tick; infinite: none until changed.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of one tick to the next; infinite: one tick only.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether a tick may run between the turns of a call; otherwise it waits like a call.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use and so keeps the grain from being collected.</summary>
    public bool KeepAlive { get; init; }
}
