using static TorchSharp.torch;

namespace NeuroTrails.Contracts;

/// <summary>
/// A tensor on its way between grains. Inside a process it travels as a reference: nothing is copied and it stays on its device;
/// whoever receives it may read it and keep an alias, and must not change it. Between processes a codec of ours writes its raw bytes.
/// </summary>
/// <param name="tensor">The tensor; the message owns it.</param>
[TensorPayload, Immutable, Alias("nt.TensorMessage")]
public sealed class TensorMessage(Tensor tensor) : IDisposable
{
    /// <summary>Whether the tensor is gone: its step is over, or was given up.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>An own handle on the same memory, which outlives this message; dispose it.</summary>
    /// <exception cref="ObjectDisposedException">The step that this message belongs to is over.</exception>
    public Tensor Borrow()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return tensor.alias().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsDisposed = true;
        tensor.Dispose();
    }
}
