using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeuroTrails.Tests.Telemetry;

/// <summary>A collector that keeps what it is sent: OTLP over HTTP, as raw bytes by path.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;

    public OtlpReceiver()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _loop = Task.Run(ReceiveAsync);
    }

    public string Address { get; }

    public ConcurrentDictionary<string, string> Bodies { get; } = new();

    public ConcurrentDictionary<string, string?> ContentTypes { get; } = new();

    public void Dispose()
    {
        // The loop first: a listener that is closed while somebody begins to wait for a request may leave him waiting for ever.
        _closing.SetResult();
        _loop.GetAwaiter().GetResult();
        _listener.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            try
            {
                var request = _listener.GetContextAsync();
                if (await Task.WhenAny(request, _closing.Task) != request)
                {
                    return;
                }

                var context = await request;
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);

                // Latin-1 keeps every byte, and names inside protobuf are plain text.
                Bodies.AddOrUpdate(
                    context.Request.Url!.AbsolutePath,
                    Encoding.Latin1.GetString(body.ToArray()),
                    (_, old) => old + Encoding.Latin1.GetString(body.ToArray())
                );
                ContentTypes[context.Request.Url.AbsolutePath] = context.Request.ContentType;
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
