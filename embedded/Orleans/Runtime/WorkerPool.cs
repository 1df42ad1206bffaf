namespace Orleans.Runtime;

/// <summary>The activations that share the calls of a stateless worker.</summary>
internal sealed class WorkerPool(Silo silo, GrainClass grainClass, GrainId grainId)
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _activations = [];

    public IReadOnlyList<Activation> Activations
    {
        get
        {
            lock (_gate)
            {
                return [.. _activations];
            }
        }
    }

    public void Deliver(Work work)
    {
        while (!Choose().TryReceive(work))
        {
            // Gone between the choice and now: choose again.
        }
    }

    public void Remove(Activation activation)
    {
        lock (_gate)
        {
            _activations.Remove(activation);
        }
    }

    private Activation Choose()
    {
        lock (_gate)
        {
            if (_activations.Find(a => !a.IsBusy) is { } idle)
            {
                return idle;
            }

            if (_activations.Count >= grainClass.MaxLocalWorkers)
            {
                return _activations.MinBy(a => a.WaitingCount)!;
            }

            var created = new Activation(silo, grainClass, grainId);
            _activations.Add(created);
            created.Start();
            return created;
        }
    }
}
