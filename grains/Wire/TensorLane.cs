using System.Buffers;
using System.Net;
using System.Text;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;

namespace NeuroTrails.Grains.Wire;

/// <summary>The way of tensors between silos beside the grains' calls: a call carries a ticket,
/// and the receiver fetches the bytes.</summary>
internal sealed class TensorLane(string silo, IPEndPoint endpoint, TensorShelf shelf, TensorFetcher fetcher)
{
    private readonly Dictionary<Guid, Arrival> _arriving = [];
    private readonly Lock _gate = new();

    // Tensors of fewer bytes travel inside the call: one way there is sooner done than there, back and there.
    public const int LeastBytes = 64 << 10;

    public byte[] Offer(TensorMessage message)
    {
        var (header, ticket) = shelf.Offer(message);
        var bytes = new ArrayBufferWriter<byte>();
        header.Write(bytes);
        bytes.Write(ticket.ToByteArray());
        bytes.Write(Encoding.UTF8.GetBytes($"{endpoint} {silo}"));
        return bytes.WrittenSpan.ToArray();
    }

    // Begins to fetch a tensor, so that it is on its way while the call that announced it still waits for its turn. Calls that announce one
    // tensor while it is on its way share it.
    public TensorMessage Fetch(ReadOnlySequence<byte> offer)
    {
        var header = TensorHeader.ReadAlone(offer);
        var rest = offer.Slice(header.HeaderBytes).ToArray();
        if (
            rest.Length < 16
            || Encoding.UTF8.GetString(rest.AsSpan(16)).Split(' ', 2) is not [var address, var sender]
            || !IPEndPoint.TryParse(address, out var from)
        )
        {
            throw new TensorFormatException(
                $"An offer of a tensor ends with a ticket, an address and a silo; seen: {rest.Length} bytes that do not."
            );
        }

        var ticket = new Guid(rest.AsSpan(0, 16));
        lock (_gate)
        {
            if (!_arriving.TryGetValue(ticket, out var arrival))
            {
                _arriving[ticket] = arrival = new(fetcher.Fetch(sender, from, ticket, header));
            }

            arrival.Receivers++;
            return new(Receive(ticket, arrival), offer.ToArray());
        }
    }

    private async Task<Tensor> Receive(Guid ticket, Arrival arrival)
    {
        try
        {
            return (await arrival.Tensor).Handle();
        }
        finally
        {
            lock (_gate)
            {
                if (--arrival.Receivers == 0)
                {
                    _arriving.Remove(ticket);
                    if (arrival.Tensor.IsCompletedSuccessfully)
                    {
                        // Receivers' handles keep the memory.
                        arrival.Tensor.Result.Dispose();
                    }
                }
            }
        }
    }

    private sealed class Arrival(Task<Tensor> tensor)
    {
        public Task<Tensor> Tensor { get; } = tensor;

        public int Receivers { get; set; }
    }
}
