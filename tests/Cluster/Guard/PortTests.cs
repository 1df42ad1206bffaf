using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using NeuroTrails.Grains.Wire;
using NeuroTrails.Running;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Cluster.Tls;

namespace NeuroTrails.Tests.Cluster.Guard;

/// <summary>Strangers at each of a silo's ports, who say nothing, or nonsense, or too much: they cost neither memory nor the run.</summary>
[Collection(nameof(Alone))]
public sealed class PortTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Strangers_at_every_port_do_not_disturb_a_run_nor_stay()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new TestCluster(folder.File("runs"));
        await cluster.StartAsync("a", "b");
        IPEndPoint[] tensors = [cluster.Service<TensorServer>("a").EndPoint, cluster.Service<TensorServer>("b").EndPoint];
        IPEndPoint[] ports =
        [
            .. tensors,
            .. new[] { "a", "b" }
                .Select(cluster.Service<ILocalSiloDetails>)
                .SelectMany(silo => new[] { silo.SiloAddress.Endpoint, silo.GatewayAddress.Endpoint }),
        ];
        using var crowd = new Crowd(ports, port => tensors.Contains(port) ? 512 : 100);
        var told = new Told();
        var result = await SmallRun.Train(cluster, "r", pins: ["backbone=a", "head0=b", "head1=b", "head2=b"], updates: told);
        Assert.Equal(TrainOutcome.Finished, result.Outcome);
        Assert.DoesNotContain(told.Warnings, warning => warning.Contains("was lost", StringComparison.Ordinal));

        // Those who say nothing for ten seconds are no longer there.
        await crowd.AllGone();
        Assert.Equal(2, (await TestCluster.Engine.OverviewAsync(cluster.Address, Stop)).Members.Length);
    }

    [Fact]
    public async Task With_TLS_a_client_is_no_silo_at_the_ports_of_silos()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority(folder, "ours");
        await using var cluster = new TestCluster(folder.File("runs"))
        {
            Tls = authority.Silo,
            ClientTls = authority.Sign("me", [TestAuthority.Client]),
        };
        await cluster.StartAsync("a");
        var silo = cluster.Service<ILocalSiloDetails>("a").SiloAddress.Endpoint;
        var tensors = cluster.Service<TensorServer>("a").EndPoint;
        Assert.True(await IsAnswered(silo, authority.Silo("b")));
        Assert.False(await IsAnswered(silo, authority.Sign("me", [TestAuthority.Client])));
        Assert.False(await IsAnswered(silo, null));
        Assert.True(await IsAnswered(tensors, authority.Silo("b"), ask: true));
        Assert.False(await IsAnswered(tensors, authority.Sign("me", [TestAuthority.Client]), ask: true));
        Assert.False(await IsAnswered(tensors, null, ask: true));
    }

    // A silo greets whom it lets in; a tensor server says that it has no such tensor.
    private static async Task<bool> IsAnswered(IPEndPoint port, TlsFiles? files, bool ask = false)
    {
        using var certificate = files is null ? null : X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        using var client = new TcpClient();
        await client.ConnectAsync(port, Stop);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                    ClientCertificates = certificate is null ? [] : [certificate],
                },
                Stop
            );
            if (ask)
            {
                await stream.WriteAsync((byte[])[.. "NTL1"u8, .. new byte[16]], Stop);
            }

            return await stream.ReadAsync(new byte[8], Stop) > 0;
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>Connections that stay as long as they are let.</summary>
    private sealed class Crowd : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public Crowd(IPEndPoint[] ports, Func<IPEndPoint, int> each)
        {
            var random = new Random(7);
            byte[][] sayings =
            [
                [],
                "GET / HTTP/1.1\r\n\r\n"u8.ToArray(),
                [4, 0, 0, 0, 1],
                [255, 255, 255, 127, 255, 255, 255, 127],
                [.. Enumerable.Repeat((byte)3, 4000)],
            ];
            foreach (var port in ports)
            {
                for (var one = 0; one < each(port); one++)
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    _sockets.Add(socket);
                    socket.Connect(port);
                    try
                    {
                        socket.Send(sayings[random.Next(sayings.Length)]);
                    }
                    catch (SocketException)
                    {
                        // Thrown out already.
                    }
                }
            }
        }

        public async Task AllGone()
        {
            var buffer = new byte[4096];
            foreach (var socket in _sockets)
            {
                try
                {
                    while (await socket.ReceiveAsync(buffer, Stop) > 0) { }
                }
                catch (SocketException)
                {
                    // Thrown out.
                }
            }
        }

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
    }
}
