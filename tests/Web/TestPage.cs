using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Tests.Web;

/// <summary>A page at a free port, with a feed filled by hand.</summary>
internal sealed class TestPage : IAsyncDisposable
{
    public const string Token = "0123456789abcdef-test";

    private readonly WebServer _server;

    private TestPage(WebServer server, FakeFeed feed) => (_server, Feed) = (server, feed);

    public FakeFeed Feed { get; }

    public IPEndPoint Address => _server.Address!;

    public string Url => $"http://{Address}";

    public HttpClient Client { get; } =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(20) };

    public static async Task<TestPage> Start(
        string? token = null,
        IPAddress? address = null,
        FakeFeed? feed = null,
        Func<bool>? ready = null,
        IPEndPoint? health = null
    )
    {
        feed ??= new();
        var server = new WebServer(
            new()
            {
                Web = new(new(address ?? IPAddress.Loopback, 0), token),
                Feed = feed,
                IsReady = ready ?? (() => true),
                Health = health,
            },
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server, feed);
    }

    /// <summary>Asks, and says what was answered.</summary>
    public async Task<(HttpStatusCode Code, string Text, HttpResponseMessage Answer)> Ask(
        string path,
        HttpMethod? method = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, Url + path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
    }
}
