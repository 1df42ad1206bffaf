using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Tls;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster.Tls;

/// <summary>Silos and clients that show certificates to one another.</summary>
[Collection(nameof(Alone))]
public sealed class TlsClusterTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_silos_and_a_client_train_over_TLS_and_nobody_else_is_let_in()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority(folder, "ours");
        using var another = new TestAuthority(folder, "theirs");
        await using var cluster = new TestCluster(folder.File("runs"))
        {
            Tls = authority.Silo,
            ClientTls = authority.Sign("me", [TestAuthority.Client]),
        };
        await cluster.StartAsync("a", "b");
        var options = new RunOptionsReader()
            .AddPreset("quickstart")
            .AddAssignment("model.name=mlp")
            .AddAssignment("model.hidden=[16,16,16]")
            .AddAssignment("data.limit=64")
            .AddAssignment("training.batch=16")
            .AddAssignment("training.steps=3")
            .AddAssignment("device=cpu")
            .Read();
        var result = await TestCluster.Engine.TrainAsync(
            cluster.Address,
            new("r", RunOptionsWriter.ToYaml(options), false, ["backbone=a", "head0=b", "head1=b", "head2=b"], true),
            new Progress<RunUpdate>(),
            Stop
        );
        Assert.Equal((TrainOutcome.Finished, 3), (result.Outcome, result.Step));

        // Both trust both authorities, so that it is the silos who have to refuse; the third shows
        // nothing, the fourth has the right name only.
        var both = folder.File("both.pem");
        File.WriteAllText(both, File.ReadAllText(authority.Path) + File.ReadAllText(another.Path));
        var refused = await Task.WhenAll(
            Refusal(cluster.Address with { Tls = another.Sign("me", [TestAuthority.Client]) with { Authority = both } }),
            Refusal(cluster.Address with { Tls = another.Sign("you", [TestAuthority.Client]) }),
            Refusal(cluster.Address with { Tls = null })
        );
        Assert.All(
            refused,
            error => Assert.Contains($"No silo of cluster '{cluster.ClusterId}' answers within 15 s", error, StringComparison.Ordinal)
        );
        Assert.Contains(
            "refused here: the certificate of CN=a is not signed by the authority in --tls-ca",
            refused[1],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Silos that use TLS answer only clients that do: --tls-ca, --tls-certificate, --tls-key.",
            refused[2],
            StringComparison.Ordinal
        );
        Assert.Contains("It must use TLS as this client does, and take certificates of ", refused[0], StringComparison.Ordinal);
        Assert.DoesNotContain("refused here", refused[0], StringComparison.Ordinal);
        Assert.EndsWith("is not signed by the authority in --tls-ca", cluster.Service<PeerGate>("a").Refusal, StringComparison.Ordinal);

        using var stranger = new Stranger(cluster.Request("c") with { Tls = another.Silo("c") with { Authority = both } });
        await stranger.Sees(_ =>
            cluster.Service<PeerGate>("a").Refusal == "the certificate of CN=c is not signed by the authority in --tls-ca"
        );
        using var bare = new Stranger(cluster.Request("d") with { Tls = null });
        using var wary = new Stranger(cluster.Request("e") with { Tls = another.Silo("e") });
        await bare.Sees(heard => heard.Any(line => line.Contains("Connection terminated prematurely", StringComparison.Ordinal)));
        await wary.Sees(_ => wary.Service<PeerGate>().Refusal == "the certificate of CN=a is not signed by the authority in --tls-ca");
        Assert.Equal(["a", "b"], (await TestCluster.Engine.OverviewAsync(cluster.Address, Stop)).Members.Select(member => member.Name));
        Assert.False(stranger.IsIn || bare.IsIn || wary.IsIn);
    }

    private static async Task<string> Refusal(ClusterAddress address) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => TestCluster.Engine.OverviewAsync(address, Stop))).Message;
}
