using NeuroTrails.Contracts;
using NeuroTrails.Silo.Cluster;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Silos and clients of another cluster's name are refused.</summary>
public sealed class StrangerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_and_a_client_of_another_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a");
        using var stranger = new Stranger(cluster.Request("b") with { ClusterId = "another" });
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            TestCluster.Engine.OverviewAsync(cluster.Address with { ClusterId = "another" }, Stop)
        );
        Assert.Contains("No silo of cluster 'another' answers", error.Message, StringComparison.Ordinal);
        await stranger.Sees(heard =>
            heard.Any(line => line.Contains($"Unexpected cluster id \"{cluster.ClusterId}\"", StringComparison.Ordinal))
        );
        Assert.Equal(["a"], (await TestCluster.Engine.OverviewAsync(cluster.Address, Stop)).Members.Select(member => member.Name));
        Assert.False(stranger.IsIn);
    }

    [Fact]
    public async Task Two_clusters_in_one_server_know_nothing_of_one_another()
    {
        using var folder = new TemporaryFolder();
        await using var first = new TestCluster(folder.File("first"), redis.Server);
        await using var second = new TestCluster(folder.File("second"), redis.Server);
        await first.StartAsync("a");
        await second.StartAsync("b");
        await first.Service<IGrainFactory>("a").GetGrain<IClusterGrain>(GrainKeys.Cluster).Enlist("r");
        Assert.Equal(("a", "r"), Seen(await TestCluster.Engine.OverviewAsync(first.Address, Stop)));
        Assert.Equal(("b", ""), Seen(await TestCluster.Engine.OverviewAsync(second.Address, Stop)));
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            TestCluster.Engine.OverviewAsync(new(null, "third", Redis: redis.Server), Stop)
        );
        Assert.Contains("No silo of cluster 'third' answers", error.Message, StringComparison.Ordinal);

        // Taken up by a later silo, too: state is kept under the cluster's name.
        await second.StopAsync("b");
        await second.StartAsync("c");
        Assert.Equal(("c", ""), Seen(await TestCluster.Engine.OverviewAsync(second.Address, Stop)));
        await first.Service<IGrainFactory>("a").GetGrain<IClusterGrain>(GrainKeys.Cluster).Retire("r");
    }

    [Fact]
    public void A_silo_that_is_not_let_in_says_what_to_look_after()
    {
        var explained = ClusterJoin.Explain(
            new()
            {
                Name = "b",
                Devices = [],
                RunsFolder = "runs",
                Primary = "10.0.0.5:11111",
            },
            null
        );
        Assert.Equal(
            "Silo b could not join cluster 'neurotrails'. Look that --primary 10.0.0.5:11111 is where the first silo listens for silos, "
                + "that --cluster-id is theirs, "
                + "and that they use no TLS (else give --tls-certificate, --tls-key, --tls-ca). silo-b.log in the runs folder says more.",
            explained
        );
        explained = ClusterJoin.Explain(
            new()
            {
                Name = "b",
                Devices = [],
                RunsFolder = "runs",
                Tls = new("b.pem", "b.key", "ca.pem"),
            },
            "the certificate of CN=a expired"
        );
        Assert.Contains("that the other silos can be called at their --host and --silo-port", explained, StringComparison.Ordinal);
        Assert.Contains(
            "that they use TLS and take certificates of ca.pem. Refused here: the certificate of CN=a expired.",
            explained,
            StringComparison.Ordinal
        );
    }

    private static (string Members, string Runs) Seen(ClusterOverview overview) =>
        (string.Join(' ', overview.Members.Select(member => member.Name)), string.Join(' ', overview.Runs));
}
