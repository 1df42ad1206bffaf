using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster.Guard;

/// <summary>A silo that others can reach asks who they are.</summary>
public sealed class ExposureTests
{
    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void Beyond_loopback_TLS_is_required_or_somebody_insists(string host)
    {
        using var folder = new TemporaryFolder();
        var request = new SiloRequest
        {
            Name = "a",
            Devices = ["cpu"],
            RunsFolder = folder.Path,
            Host = host,
        };
        var error = Assert.Throws<UserErrorException>(() => SiloHost.Build(request, TimeProvider.System));
        Assert.Equal(
            $"--host {host} can be reached from other machines, and without TLS whoever reaches it commands the cluster: give "
                + "--tls-certificate, --tls-key and --tls-ca (docs/cluster.md shows how to make them), or insist with --insecure.",
            error.Message
        );

        // It gets as far as the address, which is not this machine's.
        error = Assert.Throws<UserErrorException>(() => SiloHost.Build(request with { Insecure = true }, TimeProvider.System));
        Assert.Contains("cannot be listened on", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    public void On_loopback_it_is_not(string host)
    {
        using var folder = new TemporaryFolder();
        var silo = SiloHost.Build(
            new()
            {
                Name = "a",
                Devices = ["cpu"],
                RunsFolder = folder.Path,
                Host = host,
            },
            TimeProvider.System
        );
        Assert.Equal(host, silo.Gateway!.Address.ToString());
        silo.Drop();
    }
}
