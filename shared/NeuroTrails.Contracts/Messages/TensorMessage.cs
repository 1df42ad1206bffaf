using NeuroTrails.Contracts.Wire;
using static TorchSharp.torch;

namespace NeuroTrails.Contracts;

/// <summary>
/// A tensor on its way between grains. Inside a process it travels as a reference: nothing is copied and it stays on its device;
/// whoever receives it may read it and keep an alias, and must not change it. Between processes its raw bytes travel.
/// </summary>
[TensorPayload, Immutable, Alias("nt.TensorMessage")]
internal sealed class TensorMessage : IDisposable
{
    private readonly Task<Tensor> _tensor;
    private readonly bool _arrives;
    private readonly Lock _gate = new();
    private Action? _atEnd;

    // The message owns it.
    public TensorMessage(Tensor tensor) => _tensor = Task.FromResult(tensor);

    // Its bytes may still be on their way to the one receiver that the message has; whoever it is passed on to can fetch by the offer as
    // well.
    public TensorMessage(Task<Tensor> arriving, ReadOnlyMemory<byte>? offer = null) => (_tensor, _arrives, Offer) = (arriving, true, offer);

    // Whether the tensor is gone: its step is over, or was given up, or its one receiver has taken it.
    public bool IsDisposed { get; private set; }

    // What the tensor is fetched by; absent where it is at hand.
    public ReadOnlyMemory<byte>? Offer { get; }

    // Done when the tensor is here. Await it before Take, whoever the message may have come from; it fails with OwnerLostException where
    // the tensor cannot be had.
    public Task Ready => _tensor;

    // The receiver's own handle; dispose it. Inside a process it is one more on the same memory; of a message from another process it is
    // the only one, for nobody else would free it.
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
            return _arrives ? _tensor.Result : _tensor.Result.Handle();
        }
    }

    // Does something when the message is disposed; at once where it is.
    public void OnDispose(Action action)
    {
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
