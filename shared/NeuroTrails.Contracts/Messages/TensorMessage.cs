using static TorchSharp.torch;

namespace NeuroTrails.Contracts;

/// <summary>
/// A tensor on its way between grains. Inside a process it travels as a reference: nothing is copied and it stays on its device;
/// whoever receives it may read it and keep an alias, and must not change it. Between processes a codec of ours writes its raw bytes.
/// </summary>
/// <param name="tensor">The tensor; the message owns it.</param>
/// <param name="arrived">Whether it came from another process, so that its one receiver owns it.</param>
[TensorPayload, Immutable, Alias("nt.TensorMessage")]
public sealed class TensorMessage(Tensor tensor, bool arrived = false) : IDisposable
{
    /// <summary>Whether the tensor is gone: its step is over, or was given up, or its receiver has taken it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>The receiver's own handle; dispose it. Inside a process one more on the same memory; of a message that has arrived from another process the only one, for nobody else would free it.</summary>
    /// <exception cref="ObjectDisposedException">The step that this message belongs to is over, or an arrived tensor was taken before.</exception>
    public Tensor Take()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (!arrived)
        {
            return tensor.alias().DetachFromDisposeScope();
        }

        IsDisposed = true;
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            tensor.Dispose();
        }
    }
}
