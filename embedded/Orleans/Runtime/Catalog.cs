using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>All activations of the silo, by identity.</summary>
internal sealed class Catalog : IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _workers = new();
    private readonly Silo _silo;
    private readonly ITimer _collector;

    public Catalog(Silo silo)
    {
        _silo = silo;
        var quantum = silo.Collection.CollectionQuantum;
        _collector = silo.Time.CreateTimer(static self => ((Catalog)self!).Collect(null), this, quantum, quantum);
    }

    public IEnumerable<Activation> Activations => _activations.Values.Concat(_workers.Values.SelectMany(pool => pool.Activations));

    /// <summary>Puts work into the mailbox of a grain, and begins an activation where there is none.</summary>
    public void Deliver(GrainId grainId, Work work)
    {
        while (true)
        {
            if (!_activations.TryGetValue(grainId, out var activation))
            {
                if (!_silo.AcceptsActivations)
                {
                    work.Reject(_silo.Unavailable(work));
                    return;
                }

                var grainClass = _silo.Manifest.ClassOf(grainId);
                if (grainClass.MaxLocalWorkers > 0)
                {
                    _workers.GetOrAdd(grainId, id => new WorkerPool(_silo, grainClass, id)).Deliver(work);
                    return;
                }

                var created = new Activation(_silo, grainClass, grainId);
                activation = _activations.GetOrAdd(grainId, created);
                if (ReferenceEquals(activation, created))
                {
                    created.Start();
                }
            }

            if (activation.TryReceive(work))
            {
                return;
            }

            // Gone between the look-up and now; its entry is removed already or about to be.
            _activations.TryRemove(KeyValuePair.Create(grainId, activation));
        }
    }

    public void Remove(Activation activation)
    {
        _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));
        if (_workers.TryGetValue(activation.GrainId, out var pool))
        {
            pool.Remove(activation);
        }
    }

    /// <summary>Collects what has been idle for longer than the limit, or than its own limit.</summary>
    public IReadOnlyList<Task> Collect(TimeSpan? ageLimit)
    {
        List<Task> collected = [];
        foreach (var activation in Activations)
        {
            var limit = activation.Class.CollectionAge(_silo.Collection);
            if (limit is { } own && activation.TryCollect(ageLimit ?? own))
            {
                collected.Add(activation.Deactivated);
            }
        }

        return collected;
    }

    public async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating.");
        var ending = new List<Task>();
        foreach (var activation in Activations)
        {
            activation.Deactivate(reason, cancellationToken);
            ending.Add(activation.Deactivated);
        }

        await Task.WhenAll(ending).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _collector.Dispose();
}
