using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

/// <summary>Which cluster is meant, and with which certificates: by options, or by the variables that stand in for them.</summary>
public sealed class ClusterOptionsTests : ClientFixture
{
    private const string Address = "127.0.0.1:30000";
    private static readonly string[] Files = ["--tls-certificate", "/c/me.pem", "--tls-key", "/c/me.key", "--tls-ca", "/c/ca.pem"];

    [Theory]
    [InlineData("attach long")]
    [InlineData("stop long")]
    [InlineData("status long")]
    [InlineData("silos")]
    [InlineData("train --preset quickstart --run long")]
    [InlineData("train --preset quickstart --place backbone=a")]
    [InlineData("train --resume long --rebalance off")]
    [InlineData("train --preset quickstart --cluster-id lab")]
    public async Task The_variable_stands_in_for_the_option(string line)
    {
        Variables["NEUROTRAILS_CLUSTER"] = Address;
        Assert.InRange(await RunAsync(line.Split(' ')), 0, 0);
        Assert.Equal(Address, Assert.Single(Cluster.Addresses).Gateway);
        Assert.Empty(Engine.Asked);
        Assert.Equal(0, await RunAsync([.. line.Split(' '), "--cluster", "other:1"]));
        Assert.Equal("other:1", Cluster.Addresses[^1].Gateway);
    }

    [Theory]
    [InlineData("silos")]
    [InlineData("train --preset quickstart --run long")]
    public async Task Redis_has_a_variable_and_gives_way_to_a_gateway_that_was_named(string line)
    {
        (Variables["NEUROTRAILS_REDIS"], Variables["NEUROTRAILS_REDIS_USER"], Variables["NEUROTRAILS_REDIS_PASSWORD"]) = (
            "db:6379",
            "nt",
            "hush"
        );
        Assert.InRange(await RunAsync(line.Split(' ')), 0, 0);
        var expected = new RedisServer("db:6379") { User = "nt", Password = "hush" };
        Assert.Equal(new ClusterAddress(null, "neurotrails", Redis: expected), Assert.Single(Cluster.Addresses));
        Assert.DoesNotContain("hush", Output + Error, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync([.. line.Split(' '), "--cluster", "other:1"]));
        Assert.Equal(("other:1", null), (Cluster.Addresses[^1].Gateway, Cluster.Addresses[^1].Redis));
        Variables["NEUROTRAILS_CLUSTER"] = Address;
        var password = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(password, "from a file\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync([.. line.Split(' '), "--redis", "typed:1", "--redis-tls", "--redis-password-file", password]));
        Assert.Equal(expected with { Endpoint = "typed:1", Password = "from a file", Tls = true }, Cluster.Addresses[^1].Redis);
        Assert.Null(Cluster.Addresses[^1].Gateway);
    }

    [Theory]
    [InlineData("--cluster a:1 --redis b:2", "Give --cluster or --redis, not both")]
    [InlineData("--cluster Host=db;Password=hush", "clusters meet in Redis, which --redis HOST:PORT names")]
    [InlineData("--redis-tls", "--redis-tls says how to use a Redis server; name the server by --redis HOST:PORT")]
    public async Task What_contradicts_itself_is_refused(string options, string expected)
    {
        Assert.Equal(2, await RunAsync(["silos", .. options.Split(' ')]));
        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_of_a_folder_that_is_here_is_about_the_folder()
    {
        Variables["NEUROTRAILS_CLUSTER"] = Address;
        Assert.Equal(0, await RunAsync("status", MakeRun("r")));
        Assert.Empty(Cluster.Addresses);
        Assert.Contains("stopped before its first checkpoint", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_stays_here_unless_something_says_that_a_cluster_is_meant()
    {
        Variables["NEUROTRAILS_CLUSTER"] = Address;
        Assert.Equal(0, await RunAsync("train", "--preset", "quickstart", "--out", Path.Combine(Folder, "r")));
        Assert.Empty(Cluster.Addresses);
        Assert.Single(Engine.Asked);
    }

    [Theory]
    [InlineData("--cluster-id lab", "--cluster-id")]
    [InlineData("--tls-ca x", "--tls-ca")]
    public async Task Names_and_certificates_without_a_cluster_are_not_passed_over(string options, string first)
    {
        Assert.Equal(2, await RunAsync(["train", "--preset", "quickstart", .. options.Split(' ')]));
        Assert.Equal(
            $"{first} is for runs in a cluster; say which one by --cluster or NEUROTRAILS_CLUSTER, or leave {first} out.\n",
            Error
        );
        Assert.Empty(Engine.Asked);
    }

    [Theory]
    [InlineData("attach long")]
    [InlineData("stop long")]
    [InlineData("status long")]
    [InlineData("silos")]
    [InlineData("train --preset quickstart")]
    public async Task Certificates_come_from_options_and_else_from_variables(string line)
    {
        var expected = new TlsFiles("/c/me.pem", "/c/me.key", "/c/ca.pem");
        Assert.Equal(0, await RunAsync([.. line.Split(' '), "--cluster", Address, .. Files]));
        Assert.Equal(expected, Cluster.Addresses[^1].Tls);
        Variables["NEUROTRAILS_TLS_CERTIFICATE"] = "/v/all.pem";
        Variables["NEUROTRAILS_TLS_CA"] = "/v/ca.pem";
        Assert.Equal(0, await RunAsync([.. line.Split(' '), "--cluster", Address, .. Files]));
        Assert.Equal(expected, Cluster.Addresses[^1].Tls);
        Assert.Equal(0, await RunAsync([.. line.Split(' '), "--cluster", Address]));
        Assert.Equal(new TlsFiles("/v/all.pem", "/v/all.pem", "/v/ca.pem"), Cluster.Addresses[^1].Tls);
    }

    [Fact]
    public async Task A_silo_takes_certificates_too()
    {
        Assert.Equal(0, await RunAsync(["silo", "--name", "a", .. Files]));
        Variables["NEUROTRAILS_TLS_CERTIFICATE"] = Variables["NEUROTRAILS_TLS_KEY"] = Path.Combine("certs", "a.pem");
        Variables["NEUROTRAILS_TLS_CA"] = "/v/ca.pem";
        Assert.Equal(0, await RunAsync("silo", "--name", "a"));
        var own = Path.GetFullPath(Path.Combine("certs", "a.pem"));
        Assert.Equal(
            [new("/c/me.pem", "/c/me.key", "/c/ca.pem"), new TlsFiles(own, own, "/v/ca.pem")],
            Cluster.Asked.Cast<SiloRequest>().Select(asked => asked.Tls)
        );
    }

    [Theory]
    [InlineData("--tls-ca /c/ca.pem", "given: --tls-ca /c/ca.pem. Give what is missing")]
    [InlineData("--tls-certificate /c/a.pem", "given: --tls-certificate /c/a.pem.")]
    [InlineData("--tls-certificate /c/a.pem --tls-key /c/a.key", "given: --tls-certificate /c/a.pem, --tls-key /c/a.key.")]
    [InlineData("--tls-key /c/a.key --tls-ca /c/ca.pem", "TLS needs --tls-certificate and --tls-ca")]
    public async Task Half_of_them_is_no_TLS(string options, string expected)
    {
        foreach (var verb in new[] { "silo --name a", $"silos --cluster {Address}", $"train --preset quickstart --cluster {Address}" })
        {
            Assert.Equal(2, await RunAsync([.. verb.Split(' '), .. options.Split(' ')]));
        }

        Assert.Contains(expected, Error, StringComparison.Ordinal);
        Assert.Equal(3, Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty(Cluster.Asked);
        Assert.Empty(Cluster.Addresses);
    }
}
