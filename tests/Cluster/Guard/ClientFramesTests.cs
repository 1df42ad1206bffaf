using System.Buffers;
using NeuroTrails.Silo.Cluster.Guard;
using Orleans.Serialization.Buffers;

namespace NeuroTrails.Tests.Cluster.Guard;

/// <summary>The headers of messages that come in through a gateway. That real ones pass is shown
/// by every test in which a client does something.</summary>
public sealed class ClientFramesTests
{
    private const uint Request = 1 << 16;
    private const uint Response = 2 << 16;
    private const uint OneWay = 3 << 16;
    private const uint CacheUpdates = 1 << 7;
    private static readonly GrainId _client = GrainId.Create("sys.client", "c");
    private static readonly GrainId _grain = GrainId.Create("coordinator", "r");

    [Theory]
    [InlineData(Request)]
    [InlineData(OneWay)]
    [InlineData(Request | 0x0100_0170)]
    public void Requests_of_a_client_to_a_grain_pass(uint flags) => Assert.Null(Fault(flags, _client, _grain));

    [Fact]
    public void The_list_of_grains_may_be_asked_for() =>
        Assert.Null(Fault(Request, _client, GrainId.Create("sys.svc.manifest", "S127.0.0.1:1:1")));

    [Theory]
    [InlineData("coordinator", "r", "in the name of coordinator/r")]
    [InlineData("sys.svc.clustering", "S127.0.0.1:1:1", "in the name of sys.svc.clustering")]
    [InlineData("sys.client", "hosted-S127.0.0.1:1:1", "in the name of sys.client/hosted-")]
    [InlineData("sys.silo", "01111111-1111-1111-1111-111111111111", "in the name of")]
    [InlineData("", "", "in the name of")]
    public void Nobody_speaks_for_a_grain_a_silo_or_nobody(string type, string key, string reason)
    {
        var sender = type.Length == 0 ? default : GrainId.Create(type, key);
        Assert.Contains(reason, Fault(Request, sender, _grain), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sys.svc.clustering.dev", "which only silos may")]
    [InlineData("sys.svc.silo-control", "which only silos may")]
    [InlineData("sys.svc.canceler", "which only silos may")]
    [InlineData("sys.client", "it called another client")]
    public void What_is_Orleans_own_is_out_of_reach(string type, string reason) =>
        Assert.Contains(reason, Fault(Request, _client, GrainId.Create(type, "x")), StringComparison.Ordinal);

    [Theory]
    [InlineData(Response)]
    [InlineData(0u)]
    [InlineData(7u << 16)]
    public void An_answer_that_nobody_asked_for_is_refused(uint flags) =>
        Assert.Equal("it sent what is no request", Fault(flags, _client, _grain));

    [Fact]
    public void Nobody_says_where_grains_are() =>
        Assert.Contains("where grains are looked for", Fault(Request | CacheUpdates, _client, _grain), StringComparison.Ordinal);

    [Fact]
    public void Whatever_bytes_come_they_are_refused_or_are_a_request_of_a_client()
    {
        var random = new Random(5);
        var whole = Header(Request, _client, _grain);
        for (var trial = 0; trial < 20_000; trial++)
        {
            var bytes = trial % 2 == 0 ? new byte[random.Next(64)] : [.. whole[..random.Next(whole.Length + 1)]];
            if (trial % 2 == 0)
            {
                random.NextBytes(bytes);
                Assert.NotNull(ClientFrames.Fault(new(bytes)));
            }
            else
            {
                var changes = random.Next(3);
                for (var change = changes; change > 0 && bytes.Length > 0; change--)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                // What is cut short does not pass; what is changed may, as a request of a client by another name.
                var fault = ClientFrames.Fault(new(bytes));
                Assert.True(changes > 0 || (fault is null) == (bytes.Length == whole.Length), fault);
            }
        }
    }

    private static string? Fault(uint flags, GrainId sender, GrainId target) => ClientFrames.Fault(new(Header(flags, sender, target)));

    private static byte[] Header(uint flags, GrainId sender, GrainId target)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = Writer.Create(bytes, null!);
        writer.WriteUInt32(flags);
        writer.WriteInt64(7);
        foreach (var id in new[] { sender, target })
        {
            IdSpanCodec.WriteRaw(ref writer, id.Type.Value);
            IdSpanCodec.WriteRaw(ref writer, id.Key);
        }

        writer.Commit();
        return bytes.WrittenSpan.ToArray();
    }
}
