using System.Net;
using System.Net.Sockets;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Stands between a client and a server, and sees what they say to each other.</summary>
internal abstract class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _server;

    protected TcpProxy(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where the server is reached through the proxy.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The client asks for something; what it asks for is passed on when the task is done.</summary>
    /// <param name="connection">Number of the connection.</param>
    /// <param name="bytes">What it sent; may be changed.</param>
    protected virtual Task Asks(int connection, Memory<byte> bytes) => Task.CompletedTask;

    /// <summary>The server answers.</summary>
    /// <param name="connection">Number of the connection.</param>
    /// <param name="bytes">What it sent.</param>
    /// <returns>Whether the client shall hear it; else the proxy hangs up.</returns>
    protected virtual bool Answers(int connection, ReadOnlyMemory<byte> bytes) => true;

    private async Task AcceptAsync()
    {
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            _ = ServeAsync(number, await _listener.AcceptTcpClientAsync(_stop.Token));
        }
    }

    private async Task ServeAsync(int number, TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(_server, _stop.Token);
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAny(
                PassAsync(
                    client,
                    server,
                    async bytes =>
                    {
                        await Asks(number, bytes);
                        return true;
                    }
                ),
                PassAsync(server, client, bytes => Task.FromResult(Answers(number, bytes)))
            );
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to, Func<Memory<byte>, Task<bool>> mayPass)
    {
        var buffer = new byte[65536];
        while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count && await mayPass(buffer.AsMemory(0, count)))
        {
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
