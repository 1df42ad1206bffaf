using System.Net;
using System.Net.Sockets;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Tests.Web;

public sealed class WebGateTests
{
    private static readonly string[] Protected =
    [
        "/",
        "/assets/app.js",
        "/api/overview",
        "/api/runs/r",
        "/api/events",
        "/orleans/",
        "/metrics",
        "/nothing",
    ];

    [Fact]
    public async Task On_loopback_without_a_token_everybody_here_may_look_and_nobody_may_change_anything()
    {
        await using var page = await TestPage.Start();
        foreach (
            var path in new[] { "/", "/assets/app.js", "/assets/vendor/uPlot.iife.min.js", "/api/overview", "/api/runs/r", "/health/live" }
        )
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await page.Ask(path)).Code));
        }

        var (code, text, _) = await page.Ask("/api/runs/r/stop", HttpMethod.Post, (WebGate.Header, "1"));
        Assert.Equal(
            (HttpStatusCode.Forbidden, "Runs are stopped and resumed only where a token is configured: --web-token-file.\n"),
            (code, text)
        );
        Assert.Empty(page.Feed.Asked);
        Assert.False((await page.Ask("/api/overview")).Text.Contains("\"changes\":true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_token_everything_but_health_asks_for_it()
    {
        await using var page = await TestPage.Start(TestPage.Token);
        foreach (var path in Protected)
        {
            foreach (
                var wrong in new (string, string)[][]
                {
                    [],
                    [("Authorization", "Bearer wrong")],
                    [("Authorization", "Basic " + TestPage.Token)],
                    [("Cookie", $"neurotrails-{page.Address.Port}={TestPage.Token}")],
                }
            )
            {
                var (code, text, answer) = await page.Ask(path, null, wrong);
                Assert.Equal((path, HttpStatusCode.Unauthorized), (path, code));
                Assert.Contains("A token is needed", text, StringComparison.Ordinal);
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
            }
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await page.Ask("/?token=wrong")).Code);
        Assert.Equal(HttpStatusCode.OK, (await page.Ask("/health/live")).Code);
        Assert.Equal(HttpStatusCode.OK, (await page.Ask("/", null, ("Authorization", "Bearer " + TestPage.Token))).Code);
        Assert.Contains("<form", (await page.Ask("/", null, ("Accept", "text/html"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_the_address_becomes_a_cookie_and_leaves_the_address()
    {
        await using var page = await TestPage.Start(TestPage.Token);
        var (code, _, answer) = await page.Ask($"/api/overview?token={TestPage.Token}&x=1");
        Assert.Equal((HttpStatusCode.Redirect, "/api/overview?x=1"), (code, answer.Headers.Location!.ToString()));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestPage.Token, cookie, StringComparison.Ordinal);
        var kept = cookie.Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, (await page.Ask("/api/overview", null, ("Cookie", kept))).Code);
        var again = await page.Ask($"/?token={TestPage.Token}", null, ("Cookie", kept));
        Assert.Equal((HttpStatusCode.Redirect, "/"), (again.Code, again.Answer.Headers.Location!.ToString()));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/%2Fevil.example/")]
    public async Task A_token_never_redirects_to_another_site(string path)
    {
        await using var page = await TestPage.Start(TestPage.Token);
        var (code, _, answer) = await page.Ask($"{path}?token={TestPage.Token}");
        Assert.Equal(HttpStatusCode.Redirect, code);
        Assert.StartsWith(
            "/evil",
            answer.Headers.Location!.OriginalString.Replace("%2F", string.Empty, StringComparison.OrdinalIgnoreCase),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("evil.example:80", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.0.0.1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:1", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:5", HttpStatusCode.OK)]
    public async Task Another_name_that_points_here_is_refused(string host, HttpStatusCode expected)
    {
        await using var page = await TestPage.Start();
        Assert.Equal(expected, (await page.Ask("/api/overview", null, ("Host", host))).Code);
        Assert.Equal(HttpStatusCode.OK, (await page.Ask("/health/live", null, ("Host", host))).Code);
    }

    [Fact]
    public async Task Changes_take_the_token_and_a_header_that_only_the_page_itself_sends()
    {
        await using var page = await TestPage.Start(TestPage.Token);
        var bearer = ("Authorization", "Bearer " + TestPage.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await page.Ask("/api/runs/r/stop", HttpMethod.Post, (WebGate.Header, "1"))).Code);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await page.Ask($"/api/runs/r/stop?token={TestPage.Token}", HttpMethod.Post, (WebGate.Header, "1"))).Code
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await page.Ask("/api/runs/r/stop", HttpMethod.Post, bearer)).Code);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await page.Ask("/api/runs/r/stop", HttpMethod.Post, bearer, (WebGate.Header, "1"), ("Origin", "http://evil.example"))).Code
        );
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await page.Ask("/api/runs/r/stop", HttpMethod.Get, bearer)).Code);
        Assert.Empty(page.Feed.Asked);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await page.Ask("/api/runs/r/stop", HttpMethod.Post, bearer, (WebGate.Header, "1"), ("Origin", page.Url))).Code
        );
        page.Feed.Refusal = "Not now.";
        var refused = await page.Ask("/api/runs/r/resume", HttpMethod.Post, bearer, (WebGate.Header, "1"));
        Assert.Equal((HttpStatusCode.Conflict, "Not now.\n"), (refused.Code, refused.Text));
        Assert.Equal(["stop r", "resume r"], page.Feed.Asked);
    }

    [Fact]
    public async Task It_lives_at_the_loopback_address_of_IPv6_too()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6 here.");
        await using var page = await TestPage.Start(address: IPAddress.IPv6Loopback);
        Assert.StartsWith("http://[::1]:", page.Url, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "live\n"), ((await page.Ask("/health/live")).Code, (await page.Ask("/health/live")).Text));
        Assert.Equal(HttpStatusCode.OK, (await page.Ask("/")).Code);
    }

    [Fact]
    public async Task A_health_port_answers_health_alone()
    {
        var port = FreePort();
        var ready = false;
        await using var page = await TestPage.Start(TestPage.Token, ready: () => ready, health: new(IPAddress.Loopback, port));
        async Task<(int Code, string Text)> Health(string path)
        {
            using var answer = await page.Client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal((200, "live\n"), await Health("/health/live"));
        Assert.Equal((503, "not ready\n"), await Health("/health/ready"));
        ready = true;
        Assert.Equal((200, "ready\n"), await Health("/health/ready"));
        foreach (var path in new[] { "/", "/api/overview", "/health", "/health/other", $"/?token={TestPage.Token}" })
        {
            Assert.Equal((404, "/health/live or /health/ready\n"), await Health(path));
        }
    }

    [Fact]
    public async Task A_taken_port_is_named_with_its_option()
    {
        await using var page = await TestPage.Start();
        await using var second = new WebServer(
            new() { Web = new(page.Address, null), Feed = new FakeFeed() },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance
        );
        var fault = await Assert.ThrowsAsync<UserErrorException>(() => second.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"{page.Address} cannot be listened on", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Change --web.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_forbid_what_they_do_not_need_and_tell_no_one_where_they_are()
    {
        await using var page = await TestPage.Start();
        var (_, text, answer) = await page.Ask("/");
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
        Assert.DoesNotContain("//", text.Replace("<!--", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, (await page.Ask("/", null, ("If-None-Match", answer.Headers.ETag!.Tag))).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Ask("/assets/../appsettings.json")).Code);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
