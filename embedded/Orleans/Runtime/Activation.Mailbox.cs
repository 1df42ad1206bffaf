namespace Orleans.Runtime;

/// <content>The mailbox: what waits, what runs, and what may run beside it.</content>
internal sealed partial class Activation
{
    private readonly List<Work> _waiting = [];
    private readonly List<Work> _running = [];
    private Dictionary<Guid, int>? _reentrantSections;
    private Work? _blocking;
    private bool _pumpQueued;

    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _running.Count > 0;
            }
        }
    }

    /// <summary>Puts work into the mailbox.</summary>
    /// <returns>False where this activation is gone; the work then belongs to its successor.</returns>
    public bool TryReceive(Work work)
    {
        lock (_gate)
        {
            if (_state == ActivationState.Invalid || (_state == ActivationState.Deactivating && work.IsLocalOnly))
            {
                return false;
            }

            _waiting.Add(work);
            work.OnReceived(this);

            // What has to wait is looked at again when something ends.
            if (_pumpQueued || _state != ActivationState.Valid || !MayRun(work))
            {
                return true;
            }

            _pumpQueued = true;
        }

        QueuePump();
        return true;
    }

    /// <summary>Takes waiting work out of the mailbox.</summary>
    public bool TryWithdraw(Work work)
    {
        lock (_gate)
        {
            return _waiting.Remove(work);
        }
    }

    public void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
        }

        SignalPump();
    }

    public void ExitReentrantSection(Guid id)
    {
        lock (_gate)
        {
            if (_reentrantSections is not null && _reentrantSections.TryGetValue(id, out var depth) && depth > 1)
            {
                _reentrantSections[id] = depth - 1;
            }
            else
            {
                _reentrantSections?.Remove(id);
            }
        }
    }

    private void QueuePump() => Post(static self => ((Activation)self!).Pump(), this);

    private void SignalPump()
    {
        lock (_gate)
        {
            if (_pumpQueued || _state != ActivationState.Valid)
            {
                return;
            }

            _pumpQueued = true;
        }

        QueuePump();
    }

    private void Pump()
    {
        while (TakeRunnable() is { } work)
        {
            _ = RunAsync(work);
        }
    }

    private Work? TakeRunnable()
    {
        lock (_gate)
        {
            if (_state == ActivationState.Valid)
            {
                for (var i = 0; i < _waiting.Count; i++)
                {
                    var work = _waiting[i];
                    if (work.IsAbandoned)
                    {
                        _waiting.RemoveAt(i--);
                        continue;
                    }

                    if (!MayRun(work))
                    {
                        continue;
                    }

                    _waiting.RemoveAt(i);
                    _running.Add(work);
                    if (!work.AlwaysInterleave)
                    {
                        _blocking ??= work;
                    }

                    return work;
                }
            }

            _pumpQueued = false;
            return null;
        }
    }

    private bool MayRun(Work work)
        => _running.Count == 0
           || _blocking is null
           || work.AlwaysInterleave
           || Class.IsReentrant
           || (work.ReadOnly && _blocking.ReadOnly)
           || (_reentrantSections is not null && _reentrantSections.ContainsKey(work.ReentrancyId));

    private async Task RunAsync(Work work)
    {
        await work.RunAsync(this);
        bool more;
        lock (_gate)
        {
            _running.Remove(work);
            if (ReferenceEquals(_blocking, work))
            {
                _blocking = null;
            }

            if (work.KeepsAlive)
            {
                _lastUsed = Silo.Time.GetTimestamp();
            }

            if (_state == ActivationState.Deactivating && _running.Count == 0)
            {
                _drained.TrySetResult();
            }

            more = _waiting.Count > 0;
        }

        if (more)
        {
            SignalPump();
        }
    }
}
