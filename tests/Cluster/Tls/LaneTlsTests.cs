using System.Net;
using NeuroTrails.Contracts;
using NeuroTrails.Grains.Wire;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Tls;
using NeuroTrails.Tests.Checkpoints;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Cluster.Tls;

/// <summary>Tensors between silos travel encrypted too, and only silos fetch them.</summary>
public sealed class LaneTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _ours;
    private readonly TestAuthority _theirs;
    private readonly TensorShelf _shelf = new();
    private readonly TensorServer _server;

    public LaneTlsTests()
    {
        (_ours, _theirs) = (new(_folder, "ours"), new(_folder, "theirs"));
        _server = new(new(IPAddress.Loopback, 0), _shelf, Security(_ours.Silo("a")));
    }

    [Fact]
    public async Task A_silo_fetches_what_another_offers()
    {
        using var fetcher = new TensorFetcher(Security(_ours.Silo("b")));
        for (var round = 0; round < 3; round++)
        {
            using var message = new TensorMessage(arange(1_000_000));
            using var arrived = await Fetch(fetcher, message);
            Assert.True(arrived.equal(arange(1_000_000)).all().item<bool>());
        }
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        var both = _folder.File("both.pem");
        File.WriteAllText(both, File.ReadAllText(_ours.Path) + File.ReadAllText(_theirs.Path));
        using var message = new TensorMessage(arange(10));
        using var wary = new TensorFetcher(Security(_theirs.Silo("b")), new FastClock());
        var error = await Assert.ThrowsAsync<OwnerLostException>(() => Fetch(wary, message));
        Assert.Contains(
            "Refused: the certificate of CN=a is not signed by the authority in --tls-ca.",
            error.Message,
            StringComparison.Ordinal
        );
        using var client = new TensorFetcher(Security(_ours.Sign("me", [TestAuthority.Client]), TlsIdentity.Client), new FastClock());
        using var stranger = new TensorFetcher(Security(_theirs.Silo("c") with { Authority = both }), new FastClock());
        using var bare = new TensorFetcher(time: new FastClock());
        foreach (var fetcher in new[] { client, stranger, bare })
        {
            await Assert.ThrowsAsync<OwnerLostException>(() => Fetch(fetcher, message));
        }

        // The ticket is still good for whoever may have it.
        using var other = new TensorFetcher(Security(_ours.Silo("d")));
        using var arrived = await Fetch(other, message);
        Assert.Equal(10, arrived.numel());
    }

    public void Dispose()
    {
        _server.Dispose();
        _ours.Dispose();
        _theirs.Dispose();
        _folder.Dispose();
    }

    private static LaneTls Security(TlsFiles files, string[]? purposes = null) =>
        new(TlsIdentity.Load(files, purposes ?? TlsIdentity.Silo, TimeProvider.System));

    private async Task<Tensor> Fetch(TensorFetcher fetcher, TensorMessage message)
    {
        var (header, ticket) = _shelf.Offer(message);
        return await fetcher.Fetch("a", _server.EndPoint, ticket, header);
    }

    // Whoever is refused tries for fifteen seconds: here for 0.15.
    private sealed class FastClock : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() * 100;
    }
}
