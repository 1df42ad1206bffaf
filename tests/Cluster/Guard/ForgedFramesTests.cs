using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Cluster.Guard;

/// <summary>Messages that no client of ours sends, over real connections: a proxy takes those of
/// an honest client and changes them on the way.</summary>
[Collection(nameof(Alone))]
public sealed partial class ForgedFramesTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3u << 16, 0u, "", "", "it sent what is no request")]
    [InlineData(0u, 1u << 7, "", "", "it wanted to change where grains are looked for")]
    [InlineData(0u, 0u, "sys.client", "sys.silos.", "it sent a call in the name of sys.silos.")]
    [InlineData(0u, 0u, "sys.svc.manifest", "sys.svc.canceler", "it called sys.svc.canceler")]
    public async Task Forged_messages_end_the_connection_and_change_nothing(uint flip, uint set, string word, string other, string reason)
    {
        using var folder = new TemporaryFolder();
        var log = new ConcurrentQueue<string>();
        await using var cluster = new TestCluster(
            folder.File("runs"),
            configure: builder => builder.Logging.AddProvider(new FakeLog((_, _, text, _) => log.Enqueue(text)))
        );
        await cluster.StartAsync("a");
        await using var forger = new Forger(
            IPEndPoint.Parse(cluster.Gateway.Gateway!),
            frame =>
            {
                BinaryPrimitives.WriteUInt32LittleEndian(frame, (BinaryPrimitives.ReadUInt32LittleEndian(frame) ^ flip) | set);
                if (word.Length > 0 && frame.IndexOf(Encoding.ASCII.GetBytes(word)) is >= 0 and var at)
                {
                    Encoding.ASCII.GetBytes(other, frame[at..]);
                }
            }
        );
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asking = TestCluster.Engine.OverviewAsync(cluster.Gateway with { Gateway = forger.EndPoint.ToString() }, enough.Token);
        while (!log.Any(line => line.Contains(reason, StringComparison.Ordinal)))
        {
            await Task.Delay(20, Stop);
        }

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => asking);
        Assert.Equal("a", Assert.Single((await TestCluster.Engine.OverviewAsync(cluster.Gateway, Stop)).Members).Name);
    }

    [Fact]
    public async Task Messages_that_never_get_done_cost_a_silo_no_more_memory_than_it_allows_all_of_them()
    {
        const int Mib = 1 << 20;
        using var folder = new TemporaryFolder();
        using var silos = new SiloProcesses("flood", redis.Server, folder.File("runs"));
        var silo = silos.Start("a");
        await silos.Members("a");
        var ports = Ports().Match(silo.Said);
        await using var listener = new Forger(IPEndPoint.Parse(ports.Groups["gateway"].Value), null);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var greeting = TestCluster.Engine.OverviewAsync(
            silos.Address with
            {
                Redis = null,
                Gateway = listener.EndPoint.ToString(),
            },
            enough.Token
        );
        while (listener.Greeting.Length == 0)
        {
            await Task.Delay(20, Stop);
        }

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => greeting);
        var before = silo.ResidentBytes;
        var sockets = new List<Socket>();
        try
        {
            var (half, largest) = (new byte[90 * Mib], 0L);
            for (var one = 0; one < 40; one++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(IPEndPoint.Parse(ports.Groups["silo"].Value), Stop);
                try
                {
                    await socket.SendAsync(listener.Greeting, Stop);
                    byte[] lengths = [100, 0, 0, 0, 0, 0, 0x40, 6];
                    await socket.SendAsync(lengths, Stop);
                    await socket.SendAsync(half, Stop);
                }
                catch (SocketException)
                {
                    // Thrown out: others needed the memory.
                }

                largest = Math.Max(largest, silo.ResidentBytes - before);
            }

            // That it holds some shows that the flood was let in so far; 3.6 GB were sent.
            Assert.InRange(largest / Mib, 100, 900);
            TestContext.Current.TestOutputHelper!.WriteLine($"{largest / Mib} MiB");
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        await silos.Members("a");
    }

    [GeneratedRegex(@"other silos at (?<silo>\S+) and, for tensors, \S+, clients at (?<gateway>[^\s,]+),")]
    private static partial Regex Ports();

    private delegate void Change(Span<byte> header);

    /// <summary>Takes note of a client's greeting, the first thing that it says, and changes the
    /// headers of its messages, where it shall.</summary>
    private sealed class Forger(IPEndPoint server, Change? change) : TcpProxy(server)
    {
        private const int Lengths = 8;
        private readonly ConcurrentDictionary<int, int> _ahead = new();

        public byte[] Greeting { get; private set; } = [];

        protected override Task Asks(int connection, Memory<byte> bytes)
        {
            if (!_ahead.TryGetValue(connection, out var at))
            {
                Greeting = bytes.ToArray();
                at = bytes.Length;
            }

            for (; change is not null && at < bytes.Length; at += Lengths + Length(bytes.Span[at..]) + Length(bytes.Span[(at + 4)..]))
            {
                change(bytes.Span[(at + Lengths)..(at + Lengths + Length(bytes.Span[at..]))]);
            }

            _ahead[connection] = at - bytes.Length;
            return Task.CompletedTask;
        }

        private static int Length(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }
}
