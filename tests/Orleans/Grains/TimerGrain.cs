namespace NeuroTrails.Tests.Orleans;

[Alias("test.timer")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("start")]
    Task Start(bool interleave, TimeSpan period);

    [Alias("stop")]
    Task Stop();

    [Alias("change")]
    Task Change(TimeSpan dueTime);

    /// <summary>Starts a timer that is due at once, then holds the turn until the gate "go" opens.</summary>
    [Alias("startAndHold")]
    Task StartAndHold(bool interleave);
}

public sealed class TimerGrain(Journal journal) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public Task Start(bool interleave, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(Tick, "tick", new() { DueTime = TimeSpan.Zero, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        journal.Write(Key, "stopped");
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan dueTime)
    {
        _timer!.Change(dueTime, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task StartAndHold(bool interleave)
    {
        await Start(interleave, Timeout.InfiniteTimeSpan);
        journal.Write(Key, "holding");
        await journal.Until(Key, "go");
        journal.Write(Key, "released");
    }

    private async Task Tick(string name, CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Write(Key, $"{name} {++_ticks}");
        if (_ticks == 2)
        {
            throw new InvalidOperationException("A failing tick must not end the timer.");
        }
    }
}
