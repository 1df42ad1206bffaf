using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using NeuroTrails.Contracts.Wire;

namespace NeuroTrails.Grains.Wire;

/// <summary>A connection to another process's <see cref="TensorServer"/>.</summary>
internal sealed class TensorConnection : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Stream _stream;

    public TensorConnection(IPEndPoint endpoint, ILaneSecurity? security)
    {
        try
        {
            using var patience = new CancellationTokenSource(ConnectPatience);
            _socket.ConnectAsync(endpoint, patience.Token).AsTask().GetAwaiter().GetResult();
            _socket.ReceiveTimeout = _socket.SendTimeout = (int)Patience.TotalMilliseconds;
            var plain = new NetworkStream(_socket);
            _stream = security?.Call(plain) ?? plain;
        }
        catch (OperationCanceledException late)
        {
            _socket.Dispose();
            throw new IOException($"Nobody answers within {ConnectPatience.TotalSeconds:0} s.", late);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    // Whether the other side has begun to answer what it was asked last: until then it does no harm to ask again.
    public bool IsAnswered { get; private set; }

    public Tensor Fetch(Guid ticket, TensorHeader header)
    {
        IsAnswered = false;
        Span<byte> request = stackalloc byte[TensorServer.RequestBytes];
        TensorServer.Magic.CopyTo(request);
        ticket.TryWriteBytes(request[TensorServer.Magic.Length..]);
        _stream.Write(request);
        Span<byte> answer = stackalloc byte[8];
        _stream.ReadExactly(answer);
        IsAnswered = true;
        var length = BinaryPrimitives.ReadInt64LittleEndian(answer);
        if (length != header.DataBytes)
        {
            throw new TensorFormatException(
                length < 0 ? "It is not to be had any more." : $"It has {length} bytes where {header.DataBytes} were announced."
            );
        }

        return TensorWire.Read(header, memory => _stream.ReadExactly(memory));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _stream.Dispose();
    }
}
