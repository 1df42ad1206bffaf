using System.Net;
using System.Net.Sockets;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Cluster;

namespace NeuroTrails.Tests.Web;

/// <summary>A silo's own endpoints.</summary>
[Collection(nameof(Alone))]
public sealed class WebSiloTests
{
    [Fact]
    public async Task A_silo_at_an_address_of_IPv6_answers_for_its_health()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6 here.");
        using var folder = new TemporaryFolder();
        var port = WebGateTests.FreePort();
        await using var cluster = new TestCluster(folder.File("runs"));
        var silo = SiloHost.Build(cluster.Request("a") with { Host = "::1", HealthPort = port }, TimeProvider.System);
        await silo.StartHostAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        Assert.Equal(
            "live\n",
            await client.GetStringAsync(new Uri($"http://[::1]:{port}/health/live"), TestContext.Current.CancellationToken)
        );
        while (true)
        {
            using var ready = await client.GetAsync(new Uri($"http://[::1]:{port}/health/ready"), TestContext.Current.CancellationToken);
            if (ready.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await client.GetAsync(new Uri($"http://[::1]:{port}/"), TestContext.Current.CancellationToken)).StatusCode
        );
        await silo.DisposeAsync();
    }

    [Theory]
    [InlineData(true, "--web")]
    [InlineData(false, "--health-port")]
    public void A_taken_port_is_found_before_the_silo_joins(bool web, string option)
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = (IPEndPoint)taken.LocalEndpoint;
        var request = new TestCluster(folder.File("runs")).Request("a");
        request = web ? request with { Web = new(address, null) } : request with { HealthPort = address.Port };
        var fault = Assert.Throws<UserErrorException>(() => SiloHost.Build(request, TimeProvider.System));
        Assert.Contains($"{address} cannot be listened on", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"Change {option}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orleans_dashboard_stands_behind_the_same_token()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs")) { Web = _ => new(new(IPAddress.Loopback, 0), TestPage.Token) };
        await cluster.StartAsync("a");
        var url = $"http://{cluster.Service<NeuroTrails.Silo.Web.WebServer>("a").Address}";
        using var client = new HttpClient();
        foreach (var path in new[] { "/orleans/", "/orleans/DashboardCounters", "/orleans/Trace", "/metrics", "/api/overview" })
        {
            using var refused = await client.GetAsync(new Uri(url + path), TestContext.Current.CancellationToken);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, refused.StatusCode));
        }

        client.DefaultRequestHeaders.Authorization = new("Bearer", TestPage.Token);
        Assert.Contains(
            "<html",
            await client.GetStringAsync(new Uri(url + "/orleans/"), TestContext.Current.CancellationToken),
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Contains(
            "neurotrails_memory_resident_bytes",
            await client.GetStringAsync(new Uri(url + "/metrics"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"name\":\"a\"",
            await client.GetStringAsync(new Uri(url + "/api/overview"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        using var trace = await client.GetAsync(new Uri(url + "/orleans/Trace"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, trace.StatusCode);
    }
}
