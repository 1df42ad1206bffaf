using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace NeuroTrails.Grains.Wire;

/// <summary>
/// Hands tensors to the processes that have tickets for them: from torch's memory to the socket, without a copy in between. A request is
/// <c>NTL1</c> and a ticket; the answer is a length (int64, little-endian; −1 for a ticket that is good for nothing) and that many bytes.
/// </summary>
/// <remarks>
/// Beside Orleans' connections rather than inside them: those are read in pieces of 4 KiB, several times slower than the network, and the
/// probes by which silos know of each other's life would wait behind every tensor.
/// </remarks>
internal sealed class TensorServer : IDisposable
{
    public const int RequestBytes = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TensorShelf _shelf;
    private readonly ILaneSecurity? _security;
    private readonly TcpListener _listener;
    private readonly PeerLimits _limits;
    private readonly HashSet<Socket> _connections = [];
    private readonly Lock _gate = new();
    private bool _closed;
    private long _sent;

    // A stranger is whoever has shown no certificate or, where none is asked for, no ticket.
    public TensorServer(IPEndPoint endpoint, TensorShelf shelf, ILaneSecurity? security = null, PeerLimits? limits = null)
    {
        (_shelf, _security, _listener, _limits) = (shelf, security, new(endpoint), limits ?? new(TimeProvider.System));
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        new Thread(Accept) { IsBackground = true, Name = "neurotrails tensors" }.Start();
    }

    public long SentBytes => Interlocked.Read(ref _sent);

    public IPEndPoint EndPoint { get; }

    internal static ReadOnlySpan<byte> Magic => "NTL1"u8;

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _listener.Dispose();
            foreach (var connection in _connections)
            {
                connection.Dispose();
            }
        }
    }

    private void Accept()
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = _listener.AcceptSocket();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                if (_closed)
                {
                    return;
                }

                continue;
            }

            // Closed from outside, whatever the connection's thread waits for ends with an error.
            if (Peer(connection) is not { } peer || _limits.Enter(peer, _ => connection.Dispose()) is not { } visit)
            {
                connection.Dispose();
                continue;
            }

            lock (_gate)
            {
                if (_closed)
                {
                    visit.Dispose();
                    connection.Dispose();
                    continue;
                }

                _connections.Add(connection);
            }

            // Blocking calls on a thread of its own: as fast as the machine, and independent of a thread pool that computes.
            new Thread(() => Serve(connection, visit)) { IsBackground = true, Name = "neurotrails tensors" }.Start();
        }
    }

    private static IPAddress? Peer(Socket connection)
    {
        try
        {
            return (connection.RemoteEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private void Serve(Socket connection, PeerVisit visit)
    {
        using var held = visit;
        try
        {
            connection.NoDelay = true;
            connection.ReceiveTimeout = connection.SendTimeout = (int)Patience.TotalMilliseconds;
            using var plain = new NetworkStream(connection);
            using var stream = _security?.Answer(plain) ?? plain;
            if (_security is not null)
            {
                visit.Welcome();
            }

            Span<byte> request = stackalloc byte[RequestBytes];
            while (true)
            {
                stream.ReadExactly(request);
                if (!request.StartsWith(Magic) || !Send(stream, new(request[Magic.Length..])))
                {
                    return;
                }

                // Between two requests hours may pass.
                visit.Welcome();
                connection.ReceiveTimeout = 0;
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The other side has gone or may not come in. If it still wants something, it says so to whoever asked it.
        }
        finally
        {
            lock (_gate)
            {
                _connections.Remove(connection);
            }

            connection.Dispose();
        }
    }

    private bool Send(Stream stream, Guid ticket)
    {
        using var tensor = _shelf.Borrow(ticket);
        Span<byte> length = stackalloc byte[8];
        if (tensor is null)
        {
            BinaryPrimitives.WriteInt64LittleEndian(length, -1);
            stream.Write(length);
            return false;
        }

        var bytes = tensor.bytes;
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        stream.Write(length);
        for (var rest = (ReadOnlySpan<byte>)bytes; rest.Length > 0; )
        {
            // In pieces, so that the patience is one for a piece: a slow network gets through, a dead one is given up.
            var piece = rest[..Math.Min(rest.Length, TensorFetcher.PieceBytes)];
            rest = rest[piece.Length..];
            stream.Write(piece);
            Interlocked.Add(ref _sent, piece.Length);
        }

        return true;
    }
}
