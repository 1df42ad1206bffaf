using System.Security.Cryptography;
using static TorchSharp.torch;

namespace NeuroTrails.Contracts.Wire;

/// <summary>Tensors of this process that others may fetch. Who has a ticket, 16 random bytes that
/// travelled in a grain call, may have the tensor.</summary>
public sealed class TensorShelf
{
    private readonly Dictionary<Guid, Tensor> _waiting = [];
    private readonly Dictionary<TensorMessage, (TensorHeader Header, Guid Ticket)> _offered = [];
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

    /// <summary>
    /// Lays a message's tensor out until the message is disposed. However many receivers it has, there is one ticket: those in one process
    /// need to fetch it only once, and a call that went to the wrong process can be passed on.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>Type and layout of the tensor, and the ticket.</returns>
    public (TensorHeader Header, Guid Ticket) Offer(TensorMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            if (_offered.TryGetValue(message, out var known))
            {
                return known;
            }
        }

        // Not under the lock: it may be a copy from another device.
        using var tensor = message.Take();
        var (header, memory) = TensorWire.InOrder(tensor);
        var offer = (header, new Guid(RandomNumberGenerator.GetBytes(16)));
        lock (_gate)
        {
            if (!_offered.TryAdd(message, offer))
            {
                memory.Dispose();
                return _offered[message];
            }

            _waiting.Add(offer.Item2, memory);
        }

        message.OnDispose(() => Withdraw(message));
        return offer;
    }

    /// <summary>A handle on a tensor's memory, for whoever sends it; null where the ticket is unknown or withdrawn.</summary>
    /// <param name="ticket">The ticket.</param>
    public Tensor? Borrow(Guid ticket)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue(ticket, out var tensor) ? tensor.alias().DetachFromDisposeScope() : null;
        }
    }

    private void Withdraw(TensorMessage message)
    {
        lock (_gate)
        {
            if (_offered.Remove(message, out var offer) && _waiting.Remove(offer.Ticket, out var tensor))
            {
                tensor.Dispose();
            }
        }
    }
}
