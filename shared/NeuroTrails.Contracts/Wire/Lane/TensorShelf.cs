using System.Security.Cryptography;
using static TorchSharp.torch;

namespace NeuroTrails.Contracts.Wire;

/// <summary>Tensors of this process that others may fetch. Who has a ticket, 16 random bytes that travelled in a grain call, may have the tensor.</summary>
public sealed class TensorShelf
{
    private readonly Dictionary<Guid, Tensor> _waiting = [];
    private readonly Lock _gate = new();

    /// <summary>Tensors that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Lays a message's tensor out until it has been fetched or the message is disposed.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Type and layout of the tensor, and the ticket.</returns>
    public (TensorHeader Header, Guid Ticket) Offer(TensorMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var tensor = message.Take();
        var (header, memory) = TensorWire.InOrder(tensor);
        var ticket = new Guid(RandomNumberGenerator.GetBytes(16));
        lock (_gate)
        {
            _waiting.Add(ticket, memory);
        }

        message.OnDispose(() => Withdraw(ticket));
        return (header, ticket);
    }

    /// <summary>A handle on a tensor's memory, for whoever sends it; null where the ticket is unknown, used, or withdrawn.</summary>
    /// <param name="ticket">The ticket.</param>
    public Tensor? Borrow(Guid ticket)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue(ticket, out var tensor) ? tensor.alias().DetachFromDisposeScope() : null;
        }
    }

    /// <summary>The tensor is no longer to be had.</summary>
    /// <param name="ticket">The ticket.</param>
    public void Withdraw(Guid ticket)
    {
        lock (_gate)
        {
            if (_waiting.Remove(ticket, out var tensor))
            {
                tensor.Dispose();
            }
        }
    }
}
