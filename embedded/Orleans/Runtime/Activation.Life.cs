namespace Orleans.Runtime;

/// <content>Beginning and end of an activation.</content>
internal sealed partial class Activation
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActivationState _state = ActivationState.Activating;
    private DeactivationReason? _pendingDeactivation;

    public Task Deactivated => _deactivated.Task;

    /// <summary>Starts the activation; its mailbox opens when that is done.</summary>
    public void Start() => Post(static self => _ = ((Activation)self!).ActivateAsync(), this);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_state == ActivationState.Activating)
            {
                _pendingDeactivation ??= deactivationReason;
                return;
            }

            if (_state != ActivationState.Valid)
            {
                return;
            }

            BeginDeactivation();
        }

        Post(_ => _ = DeactivateAsync(deactivationReason, cancellationToken), null);
    }

    private void BeginDeactivation()
    {
        _state = ActivationState.Deactivating;
        if (_running.Count == 0)
        {
            _drained.TrySetResult();
        }
    }

    private async Task ActivateAsync()
    {
        using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
        try
        {
            GrainInstance = Class.Create(this);
            await Lifecycle.StartAsync(timeout.Token);
            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
            }
        }
#pragma warning disable CA1031 // Whatever a grain throws on activation is its callers' to see.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogActivationFailed(_logger, GrainId, exception);
            await FailActivationAsync(exception);
            return;
        }

        DeactivationReason? pending;
        lock (_gate)
        {
            _state = ActivationState.Valid;
            pending = _pendingDeactivation;
            if (pending is null)
            {
                _pumpQueued = true;
            }
        }

        if (pending is { } reason)
        {
            Deactivate(reason);
        }
        else
        {
            QueuePump();
        }
    }

    private async Task FailActivationAsync(Exception exception)
    {
        await Lifecycle.StopAsync(_logger, CancellationToken.None);
        await ReleaseAsync();
        foreach (var work in Close())
        {
            work.Reject(exception);
        }

        _deactivated.TrySetResult();
    }

    private async Task DeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        StopTimers();
        try
        {
            // A call in progress is finished first, for as long as deactivation may take.
            await _drained.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            LogDeactivatedWhileBusy(_logger, GrainId);
        }

        try
        {
            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(reason, either.Token).WaitAsync(either.Token);
            }
        }
#pragma warning disable CA1031 // A grain that fails on its way out is gone all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDeactivationFailed(_logger, GrainId, exception);
        }

        await Lifecycle.StopAsync(_logger, either.Token);
        await ReleaseAsync();
        foreach (var work in Close())
        {
            if (!work.IsLocalOnly)
            {
                Silo.Catalog.Deliver(GrainId, work);
            }
        }

        _deactivated.TrySetResult();
    }

    private List<Work> Close()
    {
        Silo.Catalog.Remove(this);
        lock (_gate)
        {
            _state = ActivationState.Invalid;
            List<Work> left = [.. _waiting];
            _waiting.Clear();
            return left;
        }
    }

    private async Task ReleaseAsync()
    {
        StopTimers();
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else
            {
                (GrainInstance as IDisposable)?.Dispose();
            }

            await _scope.DisposeAsync();
        }
#pragma warning disable CA1031 // A grain that fails on its way out is gone all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDeactivationFailed(_logger, GrainId, exception);
        }
    }
}
