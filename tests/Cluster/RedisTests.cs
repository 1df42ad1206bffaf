using System.Net.Sockets;
using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Redis;
using NeuroTrails.Tests.Checkpoints;
using static NeuroTrails.Tests.Cluster.SmallRun;

namespace NeuroTrails.Tests.Cluster;

/// <summary>What a user reads whose Redis server is not as it was said to be, and what a run does
/// whose server loses answers or memory.</summary>
[Collection(nameof(Alone))]
public sealed class RedisTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const string Secret = "hush, hush";
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("localhost:0")]
    [InlineData("Host=db;Username=nt")]
    public void No_address_is_an_error_at_once(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => new RedisConnection(new(text)));
        Assert.Contains("--redis", error.Message, StringComparison.Ordinal);
        Assert.Contains("HOST:PORT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_server_is_named_and_one_that_says_nothing_is_not_waited_for_long()
    {
        var refused = await Told(new("127.0.0.1:1"));
        Assert.StartsWith(
            "--redis: no Redis server answers at 127.0.0.1:1 within 5 s (Connection refused)",
            refused,
            StringComparison.Ordinal
        );
        using var mute = new TcpListener(System.Net.IPAddress.Loopback, 0);
        mute.Start();
        Assert.Contains("no Redis server answers", await Told(new(mute.LocalEndpoint.ToString()!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_but_not_shown()
    {
        await using var administrator = await redis.ConnectAsync();
        await administrator.GetDatabase().ExecuteAsync("ACL", "SETUSER", "nt", "on", ">right", "~*", "+@all");
        var error = await Told(redis.Server with { User = "nt", Password = Secret });
        Assert.Contains("refuses user 'nt' with the password given. Change --redis-user", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
        await using var right = new RedisConnection(redis.Server with { User = "nt", Password = "right" });
        Assert.True((await right.OpenAsync()).IsConnected);
    }

    [Fact]
    public async Task Tls_where_there_is_none_is_told() =>
        Assert.Contains("over TLS", await Told(redis.Server with { Tls = true }), StringComparison.Ordinal);

    [Theory]
    [InlineData(-130, "behind that")]
    [InlineData(40, "ahead of that")]
    public async Task A_silo_whose_clock_is_wrong_does_not_start(int seconds, string expected)
    {
        using var folder = new TemporaryFolder();
        var time = new ShiftedTime(TimeSpan.FromSeconds(seconds));
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            new NeuroTrails.Silo.Cluster.ClusterEngine(time).RunSiloAsync(
                new()
                {
                    Name = "a",
                    ClusterId = "clock",
                    Devices = ["cpu"],
                    Redis = redis.Server,
                    RunsFolder = folder.File("runs"),
                },
                _ => { },
                Stop
            )
        );
        Assert.StartsWith(
            $"This machine's clock is {Math.Abs(seconds)} s {expected} of the Redis server",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("Set the clock (NTP)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_answers_get_lost_goes_on_from_what_was_committed_and_ends_with_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder);
        await using var proxy = new LossyProxy(redis.Server);
        await using var cluster = new TestCluster(folder.File("runs"), proxy.Server);
        await cluster.StartAsync("a", "b");
        proxy.LoseEvery = 4;
        Assert.Equal(TrainOutcome.Finished, (await Train(cluster, "r")).Outcome);
        proxy.LoseEvery = 0;
        Assert.NotEqual(0, proxy.Lost);
        Same(expected, folder.File("runs/r"));
    }

    [Fact]
    public async Task A_run_whose_server_comes_back_with_an_older_memory_goes_on_from_a_valid_checkpoint()
    {
        static RunOptions Long(RunOptions options) => options with { Training = options.Training with { Steps = 400 } };
        using var folder = new TemporaryFolder();
        var expected = await Undisturbed(folder, Long);
        await using var cluster = new TestCluster(folder.File("runs"), redis.Server);
        await cluster.StartAsync("a", "b");
        var training = Train(cluster, "r", Long);
        await Reach(cluster, "r", 20);
        redis.Remember();
        await Reach(cluster, "r", 60);
        await redis.ForgetAsync();
        Assert.Equal(TrainOutcome.Finished, (await training).Outcome);
        Same(expected, folder.File("runs/r"));
        var generations = Generations(folder.File("runs/r"));
        Assert.Equal(generations.Order(), generations);
        Assert.True(generations[^1] > generations[0], "nobody noticed");
    }

    private static async Task<string> Told(RedisServer server)
    {
        await using var connection = new RedisConnection(server);
        var started = TimeProvider.System.GetTimestamp();
        var error = (await Assert.ThrowsAsync<UserErrorException>(connection.OpenAsync)).Message;
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        return error;
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
