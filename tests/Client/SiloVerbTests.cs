using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

public sealed class SiloVerbTests : ClientFixture
{
    private SiloRequest Asked => Assert.IsType<SiloRequest>(Assert.Single(Cluster.Asked));

    [Fact]
    public async Task A_name_is_enough()
    {
        Assert.Equal((0, "silo a is up\n"), (await RunAsync("silo", "--name", "a"), Output));
        var plain = new SiloRequest
        {
            Name = "a",
            Devices = ["auto"],
            RunsFolder = Path.GetFullPath("runs"),
        };
        Assert.Equal(plain with { Devices = Asked.Devices }, Asked);
        Assert.Equal(["auto"], Asked.Devices);
    }

    [Fact]
    public async Task Options_reach_the_engine()
    {
        Assert.Equal(
            0,
            await RunAsync(
                "silo",
                "--name",
                "node-7",
                "--cluster-id",
                "lab",
                "--devices",
                "cuda:0,cuda:1",
                "--redis",
                "redis:6379",
                "--redis-user",
                "nt",
                "--redis-ca",
                Path.Combine(Folder, "ca.pem"),
                "--host",
                "10.0.0.5",
                "--silo-port",
                "11111",
                "--gateway-port",
                "30000",
                "--health-port",
                "8080",
                "--runs",
                Folder,
                "--data",
                Path.Combine(Folder, "data", ".."),
                "--probe-seconds",
                "0.5",
                "--probes-missed",
                "20",
                "--telemetry",
                "console"
            )
        );
        Assert.Equal(
            new SiloRequest
            {
                Name = "node-7",
                ClusterId = "lab",
                Devices = Asked.Devices,
                Redis = new("redis:6379")
                {
                    User = "nt",
                    Tls = true,
                    Authority = Path.Combine(Folder, "ca.pem"),
                },
                Host = "10.0.0.5",
                SiloPort = 11111,
                GatewayPort = 30000,
                HealthPort = 8080,
                RunsFolder = Folder,
                DataFolder = Folder,
                FailureDetection = new() { ProbeSeconds = 0.5, MissedProbes = 20 },
                ConsoleTelemetry = ConsoleTelemetry.Own,
            },
            Asked
        );
        Assert.Equal(["cuda:0,cuda:1"], Asked.Devices);
    }

    [Fact]
    public async Task A_later_silo_names_the_first()
    {
        Assert.Equal(0, await RunAsync("silo", "--name", "b", "--primary", "127.0.0.1:11111"));
        Assert.Equal(("127.0.0.1:11111", null), (Asked.Primary, Asked.Redis));
    }

    [Theory]
    [InlineData("silo", "'--name' is required")]
    [InlineData("silo --name a/b", "--name 'a/b' is no name for a silo. Allowed: letters, digits and hyphens.")]
    [InlineData("silo --name a_b", "is no name for a silo")]
    [InlineData("silo --name ä", "is no name for a silo")]
    [InlineData("silo --name a --redis db:1 --primary 127.0.0.1:1", "Give --redis or --primary, not both")]
    [InlineData(
        "silo --name a --postgres Host=db",
        "--postgres is no option any more: the silos of a cluster meet in Redis, which --redis HOST:PORT names"
    )]
    [InlineData(
        "silo --name a --redis-user nt",
        "--redis-user says how to use a Redis server; name the server by --redis HOST:PORT, or leave --redis-user out."
    )]
    [InlineData("silo --name a --redis db:1 --redis-password-file nowhere", "--redis-password-file nowhere cannot be read")]
    [InlineData("silo --name a --probe-seconds 0.4", "--probe-seconds 0.4 is out of range. Allowed: 0.5 to 60.")]
    [InlineData("silo --name a --probe-seconds NaN", "out of range")]
    [InlineData("silo --name a --probes-missed 0", "--probes-missed: 0 is not allowed; allowed is a whole number at least 1")]
    [InlineData("silo --name a --probes-missed 21", "--probes-missed 21 is out of range. Allowed: 1 to 20.")]
    [InlineData("silo --name a --silo-port -1", "--silo-port: -1 is not allowed")]
    [InlineData("silo --name a --silo-port 65536", "--silo-port 65536 is no port. Allowed: 1 to 65535, or 0 for a free one.")]
    [InlineData("silo --name a --gateway-port 70000", "--gateway-port 70000 is no port")]
    [InlineData("silo --name a --health-port 0", "--health-port 0 is no port. Allowed: 1 to 65535.")]
    [InlineData("silo --name a --primry 127.0.0.1:1", "did you mean `--primary`?")]
    [InlineData("silo --name a --telemetry file", "'console'")]
    public async Task Bad_input_is_explained(string line, string expected)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ')));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Asked);
    }

    [Fact]
    public async Task A_silo_lives_until_it_is_interrupted_and_leaving_is_a_success()
    {
        Cluster.Meanwhile = async stop =>
        {
            await Interruption.CancelAsync();
            Assert.True(stop.IsCancellationRequested);
        };
        Assert.Equal(0, await RunAsync("silo", "--name", "a"));
    }

    [Fact]
    public async Task A_taken_port_is_a_message_and_2()
    {
        Cluster.Fault = new UserErrorException("127.0.0.1:11111 cannot be listened on");
        Assert.Equal((2, "127.0.0.1:11111 cannot be listened on\n"), (await RunAsync("silo", "--name", "a"), Error));
    }
}
