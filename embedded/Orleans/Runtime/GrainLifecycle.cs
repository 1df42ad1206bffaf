using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Starts observers by ascending stage, and stops by descending stage those that were started.</summary>
internal sealed partial class GrainLifecycle : IGrainLifecycle
{
    private readonly List<Subscription> _subscriptions = [];

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, observerName, stage, observer);
        _subscriptions.Add(subscription);
        return subscription;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _subscriptions.GroupBy(s => s.Stage).OrderBy(s => s.Key).ToArray())
        {
            await Task.WhenAll(stage.Select(s => s.StartAsync(cancellationToken))).WaitAsync(cancellationToken);
        }
    }

    public async Task StopAsync(ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var subscription in _subscriptions.Where(s => s.Started).OrderByDescending(s => s.Stage).ToArray())
        {
            try
            {
                await subscription.Observer.OnStop(cancellationToken);
            }
#pragma warning disable CA1031 // The rest must still be stopped.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogStopFailed(logger, subscription.Name, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Observer} failed to stop.")]
    private static partial void LogStopFailed(ILogger logger, string observer, Exception exception);

    private sealed class Subscription(GrainLifecycle owner, string name, int stage, ILifecycleObserver observer) : IDisposable
    {
        public string Name => name;

        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public bool Started { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Started = true;
            return observer.OnStart(cancellationToken);
        }

        public void Dispose() => owner._subscriptions.Remove(this);
    }
}
