using System.Security.Cryptography;
using static TorchSharp.torch;

namespace NeuroTrails.Contracts.Wire;

/// <summary>Tensors of this process that others may fetch. Who has a ticket, 16 random bytes that travelled in a grain call, may have the tensor.</summary>
public sealed class TensorShelf
{
    private readonly Dictionary<Guid, Offered> _waiting = [];
    private readonly Dictionary<TensorMessage, Guid> _tickets = [];
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
    /// Lays a message's tensor out until it has been fetched as often as it was offered, or the message is disposed. A message to several receivers has one ticket for all,
    /// so that those in one process need to fetch it only once.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>Type and layout of the tensor, and the ticket.</returns>
    public (TensorHeader Header, Guid Ticket) Offer(TensorMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            if (_tickets.TryGetValue(message, out var known))
            {
                var offered = _waiting[known];
                offered.Uses++;
                return (offered.Header, known);
            }
        }

        // Not under the lock: it may be a copy from another device.
        using var tensor = message.Take();
        var (header, memory) = TensorWire.InOrder(tensor);
        var ticket = new Guid(RandomNumberGenerator.GetBytes(16));
        lock (_gate)
        {
            _waiting.Add(ticket, new(message, header, memory));
            _tickets.TryAdd(message, ticket);
        }

        message.OnDispose(() => Withdraw(ticket));
        return (header, ticket);
    }

    /// <summary>A handle on a tensor's memory, for whoever sends it; null where the ticket is unknown, used up, or withdrawn.</summary>
    /// <param name="ticket">The ticket.</param>
    public Tensor? Borrow(Guid ticket)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue(ticket, out var offered) ? offered.Tensor.alias().DetachFromDisposeScope() : null;
        }
    }

    /// <summary>The tensor was fetched once.</summary>
    /// <param name="ticket">The ticket.</param>
    public void Used(Guid ticket)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(ticket, out var offered) && --offered.Uses == 0)
            {
                Remove(ticket, offered);
            }
        }
    }

    /// <summary>The tensor is no longer to be had.</summary>
    /// <param name="ticket">The ticket.</param>
    public void Withdraw(Guid ticket)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(ticket, out var offered))
            {
                Remove(ticket, offered);
            }
        }
    }

    private void Remove(Guid ticket, Offered offered)
    {
        _waiting.Remove(ticket);
        if (_tickets.GetValueOrDefault(offered.Message) == ticket)
        {
            _tickets.Remove(offered.Message);
        }

        offered.Tensor.Dispose();
    }

    private sealed class Offered(TensorMessage message, TensorHeader header, Tensor tensor)
    {
        public TensorMessage Message { get; } = message;

        public TensorHeader Header { get; } = header;

        public Tensor Tensor { get; } = tensor;

        public int Uses { get; set; } = 1;
    }
}
