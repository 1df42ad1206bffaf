#if ORLEANS_PACKAGE
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace NeuroTrails.Tests.Cluster;

/// <summary>
/// Stands between a client and the server, and now and then hangs up instead of passing an answer on: the server has done what it was asked to,
/// and the client cannot know it.
/// </summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly (string Host, int Port) _server;
    private int _answers;
    private int _lost;

    public LossyProxy(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        _server = (settings.Host!, settings.Port);
        _listener.Start();
        (settings.Host, settings.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        Connection = settings.ConnectionString;
        _ = AcceptAsync();
    }

    /// <summary>The connection string of the way through the proxy.</summary>
    public string Connection { get; }

    /// <summary>How many answers come through for each that does not; zero loses none. More than a new connection needs, or none is ever made.</summary>
    public int LoseEvery { get; set; }

    /// <summary>How many answers were lost.</summary>
    public int Lost => _lost;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAny(
                PassAsync(client, server, () => true),
                PassAsync(server, client, () => LoseEvery == 0 || Interlocked.Increment(ref _answers) % LoseEvery != 0 || Interlocked.Increment(ref _lost) == 0));
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to, Func<bool> mayPass)
    {
        var buffer = new byte[65536];
        while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count && mayPass())
        {
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
#endif
