using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Ticks by putting work into the activation's mailbox; the next tick is due a period after the end of the last.</summary>
internal sealed partial class GrainTimer : IGrainTimer
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;

        // The timer outlives the call that registers it, so it must not carry that call's flow.
        _timer = Detached.Run(
            this,
            static self => self._activation.Silo.Time.CreateTimer(
                static timer => ((GrainTimer)timer!).OnDue(), self, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            _dueTime = dueTime;
            _period = period;
            _changed = true;
            if (!_ticking)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        _stopped.Cancel();
        _timer.Dispose();
        _activation.Forget(this);
    }

    private static void Check(TimeSpan time, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)time.TotalMilliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)time.TotalMilliseconds, 0xfffffffe, name);
    }

    private void OnDue()
    {
        lock (_gate)
        {
            _ticking = true;
        }

        _activation.TryReceive(new Tick(this));
    }

    private async Task TickAsync()
    {
        lock (_gate)
        {
            _changed = false;
        }

        try
        {
            await _callback(_stopped.Token);
        }
#pragma warning disable CA1031 // As in the package: a failed tick is logged, and the timer goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogTickFailed(_activation.Silo.Logger, _activation.GrainId, exception);
        }

        lock (_gate)
        {
            _ticking = false;
            if (!_stopped.IsCancellationRequested)
            {
                _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer of grain {GrainId} failed.")]
    private static partial void LogTickFailed(ILogger logger, GrainId grainId, Exception exception);

    private sealed class Tick(GrainTimer timer) : Work
    {
        public override bool AlwaysInterleave => timer._options.Interleave;

        public override bool IsLocalOnly => true;

        public override bool KeepsAlive => timer._options.KeepAlive;

        public override bool IsAbandoned => timer._stopped.IsCancellationRequested;

        public override Task RunAsync(Activation activation) => timer.TickAsync();

        public override void Reject(Exception reason)
        {
        }
    }
}
