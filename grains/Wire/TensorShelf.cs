using System.Security.Cryptography;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;

namespace NeuroTrails.Grains.Wire;

/// <summary>Tensors of this process that others may fetch. Who has a ticket, 16 random bytes that
/// travelled in a grain call, may have the tensor.</summary>
internal sealed class TensorShelf
{
    private readonly Dictionary<Guid, Tensor> _waiting = [];
    private readonly Dictionary<TensorMessage, (TensorHeader Header, Guid Ticket)> _offered = [];
    private readonly Lock _gate = new();

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

    // Lays a message's tensor out until the message is disposed. However many receivers it has, there is one ticket: those in one process
    // need to fetch it only once, and a call that went to the wrong process can be passed on.
    public (TensorHeader Header, Guid Ticket) Offer(TensorMessage message)
    {
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

    // A handle on a tensor's memory, for whoever sends it; null where the ticket is unknown or withdrawn.
    public Tensor? Borrow(Guid ticket)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue(ticket, out var tensor) ? tensor.Handle() : null;
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
