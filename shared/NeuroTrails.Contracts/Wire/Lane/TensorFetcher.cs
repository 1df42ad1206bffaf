using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using static TorchSharp.torch;

namespace NeuroTrails.Contracts.Wire;

/// <summary>Fetches tensors from other processes, over connections that are kept.</summary>
/// <param name="security">Protects connections; null for none.</param>
public sealed class TensorFetcher(ILaneSecurity? security = null) : IDisposable
{
    /// <summary>Bytes that are written at a time.</summary>
    internal const int PieceBytes = 1 << 20;

    // One connection fills a network; a second one fills the pauses of the first.
    private const int ConnectionsPerPeer = 2;
    private readonly Dictionary<string, Peer> _peers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Fetches a tensor.</summary>
    /// <param name="silo">The silo that has it, by the name under which <see cref="Abandon"/> gives it up.</param>
    /// <param name="endpoint">Where its <see cref="TensorServer"/> listens.</param>
    /// <param name="ticket">The ticket.</param>
    /// <param name="header">Type and layout.</param>
    /// <returns>On the CPU, owned by the caller.</returns>
    /// <exception cref="OwnerLostException">It cannot be had: the other side is gone, or has given the step up.</exception>
    public async Task<Tensor> Fetch(string silo, IPEndPoint endpoint, Guid ticket, TensorHeader header)
    {
        Peer peer;
        lock (_gate)
        {
            if (!_peers.TryGetValue(silo, out peer!))
            {
                _peers[silo] = peer = new(endpoint, security);
            }
        }

        await peer.Places.WaitAsync();
        try
        {
            // Off the caller's thread: it may be the one that reads the cluster's messages.
            return await Task.Run(() => peer.Fetch(ticket, header));
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or AuthenticationException or TensorFormatException)
        {
            throw new OwnerLostException($"A tensor could not be fetched from silo {silo} at {endpoint}: {fault.Message}", fault);
        }
        finally
        {
            peer.Places.Release();
        }
    }

    /// <summary>Gives a silo up: whoever waits for bytes of it stops waiting.</summary>
    /// <param name="silo">The silo.</param>
    public void Abandon(string silo)
    {
        Peer? peer;
        lock (_gate)
        {
            _peers.Remove(silo, out peer);
        }

        peer?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var peer in _peers.Values)
            {
                peer.Dispose();
            }

            _peers.Clear();
        }
    }

    private sealed class Peer(IPEndPoint endpoint, ILaneSecurity? security) : IDisposable
    {
        private readonly HashSet<TensorConnection> _all = [];
        private readonly Stack<TensorConnection> _idle = [];
        private readonly Lock _gate = new();
        private bool _abandoned;

        public SemaphoreSlim Places { get; } = new(ConnectionsPerPeer);

        public Tensor Fetch(Guid ticket, TensorHeader header)
        {
            if (Idle() is { } kept)
            {
                try
                {
                    return Fetch(kept, ticket, header);
                }
                catch (Exception fault) when (fault is IOException or SocketException && !_abandoned)
                {
                    // It may have been cut while nobody used it.
                }
            }

            return Fetch(Connect(), ticket, header);
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _abandoned = true;
                foreach (var connection in _all)
                {
                    connection.Dispose();
                }
            }
        }

        private Tensor Fetch(TensorConnection connection, Guid ticket, TensorHeader header)
        {
            try
            {
                var tensor = connection.Fetch(ticket, header);
                lock (_gate)
                {
                    _idle.Push(connection);
                }

                return tensor;
            }
            catch
            {
                lock (_gate)
                {
                    _all.Remove(connection);
                }

                connection.Dispose();
                throw;
            }
        }

        private TensorConnection? Idle()
        {
            lock (_gate)
            {
                return _idle.TryPop(out var connection) ? connection : null;
            }
        }

        private TensorConnection Connect()
        {
            ObjectDisposedException.ThrowIf(_abandoned, this);
            var connection = new TensorConnection(endpoint, security);
            lock (_gate)
            {
                if (!_abandoned)
                {
                    _all.Add(connection);
                    return connection;
                }
            }

            connection.Dispose();
            throw new ObjectDisposedException(nameof(Peer));
        }
    }
}
