using static TorchSharp.torch;

namespace NeuroTrails.Contracts;

/// <summary>
/// A tensor on its way between grains. Inside a process it travels as a reference: nothing is copied and it stays on its device;
/// whoever receives it may read it and keep an alias, and must not change it. Between processes its raw bytes travel.
/// </summary>
[TensorPayload, Immutable, Alias("nt.TensorMessage")]
public sealed class TensorMessage : IDisposable
{
    private readonly Task<Tensor> _tensor;
    private readonly bool _arrives;
    private readonly Lock _gate = new();
    private Action? _atEnd;

    /// <summary>A message of this process.</summary>
    /// <param name="tensor">The tensor; the message owns it.</param>
    public TensorMessage(Tensor tensor) => _tensor = Task.FromResult(tensor);

    /// <summary>A message from another process, whose bytes may still be on their way.</summary>
    /// <param name="arriving">The tensor, for the one receiver that the message has.</param>
    /// <param name="offer">What it is fetched by, where it is fetched: whoever the message is passed on to can do that as well.</param>
    public TensorMessage(Task<Tensor> arriving, ReadOnlyMemory<byte>? offer = null) => (_tensor, _arrives, Offer) = (arriving, true, offer);

    /// <summary>Whether the tensor is gone: its step is over, or was given up, or its one receiver has taken it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>What the tensor is fetched by; absent where it is at hand.</summary>
    public ReadOnlyMemory<byte>? Offer { get; }

    /// <summary>Done when the tensor is here. Await it before <see cref="Take"/>, whoever the message may have come from; it fails with
    /// <see cref="OwnerLostException"/> where the tensor cannot be had.</summary>
    public Task Ready => _tensor;

    /// <summary>
    /// The receiver's own handle; dispose it. Inside a process it is one more on the same memory; of a message from another process it is
    /// the only one, for nobody else would free it.
    /// </summary>
    /// <exception cref="OwnerLostException">The step that this message belongs to is over or was given up, or the one receiver has taken
    /// the tensor before.</exception>
    /// <exception cref="InvalidOperationException">The tensor is still on its way.</exception>
    public Tensor Take()
    {
        lock (_gate)
        {
            if (IsDisposed)
            {
                // Not ObjectDisposedException: it is no fault of the program, and the run goes on from its last checkpoint.
                throw new OwnerLostException("The step that this tensor belongs to is over or was given up.");
            }

            if (!_tensor.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("The tensor is still on its way; await Ready first.");
            }

            IsDisposed = _arrives;
            return _arrives ? _tensor.Result : _tensor.Result.alias().DetachFromDisposeScope();
        }
    }

    /// <summary>Does something when the message is disposed; at once where it is.</summary>
    /// <param name="action">What to do.</param>
    public void OnDispose(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        lock (_gate)
        {
            if (!IsDisposed)
            {
                _atEnd += action;
                return;
            }
        }

        action();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (IsDisposed)
            {
                return;
            }

            IsDisposed = true;
        }

        _atEnd?.Invoke();
        _tensor.ContinueWith(
            arrived => arrived.Result.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }
}
