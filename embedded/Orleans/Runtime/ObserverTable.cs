using System.Collections.Concurrent;
using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Objects that are no grains but can be called like them, while somebody holds them.</summary>
internal sealed class ObserverTable(Silo silo)
{
    private static readonly GrainType ObserverType = GrainType.Create("sys.client.observer");
    private readonly ConcurrentDictionary<GrainId, Entry> _entries = new();
    private long _lastKey;

    public static bool IsObserver(GrainId grainId) => grainId.Type == ObserverType;

    public object Register(Type interfaceType, IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (RuntimeContext.Current is not null)
        {
            throw new InvalidOperationException("Cannot create a local object reference from a grain.");
        }

        if (observer is GrainReference)
        {
            throw new ArgumentException("The observer is a reference already.", nameof(observer));
        }

        var key = Interlocked.Increment(ref _lastKey).ToString(CultureInfo.InvariantCulture);
        var id = GrainId.Create(ObserverType, key);
        _entries[id] = new Entry(observer);
        return silo.References.CreateReference(interfaceType, id);
    }

    public void Unregister(IGrainObserver reference)
    {
        if (reference is not GrainReference { GrainId: var id } || !_entries.TryRemove(id, out _))
        {
            throw new ArgumentException("Reference is not associated with a local object.", nameof(reference));
        }
    }

    public void Deliver(GrainId id, GrainCall call)
    {
        // A call to somebody who has gone is never answered, as over a network: its caller times out.
        if (_entries.TryGetValue(id, out var entry) && !entry.TryEnqueue(call))
        {
            _entries.TryRemove(id, out _);
        }
    }

    private sealed class Entry(IGrainObserver observer)
    {
        private readonly Lock _gate = new();
        private readonly WeakReference<IGrainObserver> _observer = new(observer);
        private Task _last = Task.CompletedTask;

        public bool TryEnqueue(GrainCall call)
        {
            if (!_observer.TryGetTarget(out var target))
            {
                return false;
            }

            lock (_gate)
            {
                // One call after the other, away from the caller's thread and flow.
                var previous = _last;
                _last = Detached.Run(
                    (previous, call, target),
                    static work => Task.Run(async () =>
                    {
                        await work.previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        await work.call.RunOnAsync(work.target);
                    }));
            }

            return true;
        }
    }
}
