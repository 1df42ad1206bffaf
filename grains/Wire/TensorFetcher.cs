using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;

namespace NeuroTrails.Grains.Wire;

/// <summary>Fetches tensors from other processes, over connections that are kept.</summary>
internal sealed class TensorFetcher(ILaneSecurity? security = null, TimeProvider? time = null) : IDisposable
{
    // A port that is crowded or a network that stumbles is well again sooner than a run is loaded from its checkpoint.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    internal const int PieceBytes = 1 << 20;

    // One connection fills a network; a second one fills the pauses of the first.
    private const int ConnectionsPerPeer = 2;
    private readonly Dictionary<string, Peer> _peers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public async Task<Tensor> Fetch(string silo, IPEndPoint endpoint, Guid ticket, TensorHeader header)
    {
        Peer peer;
        lock (_gate)
        {
            if (!_peers.TryGetValue(silo, out peer!))
            {
                _peers[silo] = peer = new(endpoint, security, time ?? TimeProvider.System);
            }
        }

        await peer.Places.WaitAsync();
        try
        {
            // Off the caller's thread: it may be the one that reads the cluster's messages.
            return await Task.Run(() => peer.Fetch(ticket, header));
        }
        catch (Exception fault)
            when (fault is IOException or SocketException or ObjectDisposedException or AuthenticationException or TensorFormatException)
        {
            throw new OwnerLostException($"A tensor could not be fetched from silo {silo} at {endpoint}: {fault.Message}", fault)
            {
                IsOfNetwork = fault is IOException or SocketException && !peer.IsAbandoned,
            };
        }
        finally
        {
            peer.Places.Release();
        }
    }

    // Gives a silo up: whoever waits for bytes of it stops waiting.
    public void Abandon(string silo)
    {
        Peer? peer;
        lock (_gate)
        {
            _peers.Remove(silo, out peer);
        }

        peer?.Dispose();
    }

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

    private sealed class Peer(IPEndPoint endpoint, ILaneSecurity? security, TimeProvider time) : IDisposable
    {
        private readonly HashSet<TensorConnection> _all = [];
        private readonly Stack<TensorConnection> _idle = [];
        private readonly Lock _gate = new();
        private readonly ManualResetEventSlim _abandoned = new();

        public SemaphoreSlim Places { get; } = new(ConnectionsPerPeer);

        public bool IsAbandoned => _abandoned.IsSet;

        public Tensor Fetch(Guid ticket, TensorHeader header)
        {
            var started = time.GetTimestamp();
            for (var pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
            {
                // One that was kept may have been cut while nobody used it, and is no reason to wait.
                var kept = Idle();
                var answered = false;
                try
                {
                    return Fetch(kept ?? Connect(), ticket, header, ref answered);
                }
                catch (Exception fault)
                    when (fault is IOException or SocketException && !answered && !IsAbandoned && time.GetElapsedTime(started) < Patience)
                {
                    if (kept is null)
                    {
                        _abandoned.Wait(pause);
                    }
                }
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _abandoned.Set();
                foreach (var connection in _all)
                {
                    connection.Dispose();
                }
            }
        }

        private Tensor Fetch(TensorConnection connection, Guid ticket, TensorHeader header, ref bool answered)
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
                answered = connection.IsAnswered;
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
            ObjectDisposedException.ThrowIf(IsAbandoned, this);
            var connection = new TensorConnection(endpoint, security);
            lock (_gate)
            {
                if (!IsAbandoned)
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
