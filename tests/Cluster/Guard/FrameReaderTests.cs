using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using NeuroTrails.Silo.Cluster.Guard;
using NeuroTrails.Tests.Engine;

namespace NeuroTrails.Tests.Cluster.Guard;

/// <summary>What a connection says is passed on as it is, or the connection ends.</summary>
public sealed class FrameReaderTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private readonly FrameBudget _budget = new(most: 1 << 20);
    private readonly List<string> _refusals = [];
    private bool _greeted;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_may_come_in_comes_in_unchanged_however_it_is_cut(int seed)
    {
        var random = new Random(seed);
        var pipe = new Pipe(new(pauseWriterThreshold: 0));
        using var reader = Reader(pipe, Rules());
        var sent = new List<byte>([.. Greeting(40)]);
        for (var message = 0; message < 200; message++)
        {
            sent.AddRange(Message(random.Next(1, 60), random.Next(0, 500), random));
        }

        var received = new List<byte>();
        for (var at = 0; at < sent.Count; )
        {
            var count = Math.Min(random.Next(1, 200), sent.Count - at);
            await pipe.Writer.WriteAsync(sent.GetRange(at, count).ToArray(), Stop);
            at += count;
            var result = await reader.ReadAsync(Stop);

            // As Orleans does: whole messages are taken, of the rest it is said that it was seen.
            var take = result.Buffer.Slice(0, Whole(result.Buffer, received.Count));
            received.AddRange(take.ToArray());
            reader.AdvanceTo(take.End, result.Buffer.End);
        }

        Assert.Equal(sent, received);
        Assert.True(_greeted);
        Assert.Empty(_refusals);
        Assert.Equal(0, _budget.HeldBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    [InlineData(int.MaxValue)]
    [InlineData(0x0E010316)]
    public async Task A_greeting_that_is_none_ends_the_connection(int length)
    {
        var pipe = new Pipe();
        using var reader = Reader(pipe, Rules());
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        await pipe.Writer.WriteAsync(bytes, Stop);
        Assert.True((await reader.ReadAsync(Stop)) is { IsCompleted: true, Buffer.IsEmpty: true });
        Assert.Contains("does not speak as silos and clients do", Assert.Single(_refusals), StringComparison.Ordinal);
        Assert.False(_greeted);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 10)]
    [InlineData(65, 10)]
    [InlineData(10, 100_001)]
    [InlineData(10, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public async Task A_message_that_is_too_large_is_refused_before_it_comes(int header, int body)
    {
        var pipe = new Pipe();
        using var reader = Reader(pipe, Rules());
        await pipe.Writer.WriteAsync((byte[])[.. Greeting(4), .. Lengths(header, body)], Stop);
        Assert.True((await reader.ReadAsync(Stop)) is { IsCompleted: true, Buffer.IsEmpty: true });
        Assert.EndsWith("allowed are 64 and 100,000", Assert.Single(_refusals), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_is_refused_takes_its_message_with_it()
    {
        var pipe = new Pipe();
        using var reader = Reader(pipe, Rules() with { Fault = header => header.FirstSpan[0] == 9 ? "it is nine" : null });
        await pipe.Writer.WriteAsync((byte[])[.. Greeting(4), .. Lengths(1, 2), 8, 1, 2, .. Lengths(1, 2), 9], Stop);
        Assert.True((await reader.ReadAsync(Stop)) is { IsCompleted: true, Buffer.IsEmpty: true });
        Assert.Equal("it is nine", Assert.Single(_refusals));
    }

    [Fact]
    public async Task A_message_that_comes_a_byte_at_a_time_is_given_up_and_an_idle_connection_is_not()
    {
        var pipe = new Pipe();
        using var reader = Reader(pipe, Rules(), new HurriedTime());
        await pipe.Writer.WriteAsync((byte[])[.. Greeting(4), .. Message(5, 5, new(1))], Stop);
        var result = await reader.ReadAsync(Stop);
        reader.AdvanceTo(result.Buffer.End);
        await Task.Delay(700, Stop);
        Assert.Empty(_refusals);
        await pipe.Writer.WriteAsync(Lengths(10, 1000), Stop);
        while (_refusals.Count == 0)
        {
            result = await reader.ReadAsync(Stop);
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            await Task.Delay(20, Stop);
            await pipe.Writer.WriteAsync(new byte[1], Stop);
        }

        Assert.Equal("its message did not get done in time", Assert.Single(_refusals));
        Assert.True((await reader.ReadAsync(Stop)) is { IsCompleted: true, Buffer.IsEmpty: true });
    }

    [Fact]
    public async Task Of_many_that_hold_memory_the_oldest_go()
    {
        var rules = Rules() with { MostBodyBytes = 400_000 };
        var readers = new List<(FrameReader Reader, Pipe Pipe, List<string> Refusals)>();
        for (var count = 0; count < 20; count++)
        {
            var (pipe, refusals) = (new Pipe(new(pauseWriterThreshold: 0)), new List<string>());
            var reader = new FrameReader(pipe.Reader, rules, _budget, TimeProvider.System, () => { }, refusals.Add);
            readers.Add((reader, pipe, refusals));
            await pipe.Writer.WriteAsync((byte[])[.. Greeting(4), .. Lengths(10, 400_000), .. new byte[300_000]], Stop);
            var result = await reader.ReadAsync(Stop);
            Assert.False(result.IsCompleted);
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            Assert.InRange(_budget.HeldBytes, 300_000, 1 << 20);
        }

        Assert.All(
            readers[..^3],
            held => Assert.Equal("its message did not get done while others needed the memory", Assert.Single(held.Refusals))
        );
        Assert.All(readers[^3..], held => Assert.Empty(held.Refusals));
        readers.ForEach(held => held.Reader.Dispose());
        Assert.Equal(0, _budget.HeldBytes);
    }

    private FrameReader Reader(Pipe pipe, FrameRules rules, TimeProvider? time = null) =>
        new(pipe.Reader, rules, _budget, time ?? TimeProvider.System, () => _greeted = true, _refusals.Add);

    private static FrameRules Rules() => new(64, 100_000, TimeSpan.FromSeconds(30), _ => null);

    private static byte[] Greeting(int bytes) => [.. BitConverter.GetBytes(bytes), .. new byte[bytes]];

    private static byte[] Lengths(int header, int body) => [.. BitConverter.GetBytes(header), .. BitConverter.GetBytes(body)];

    private static byte[] Message(int header, int body, Random random)
    {
        var content = new byte[header + body];
        random.NextBytes(content);
        return [.. Lengths(header, body), .. content];
    }

    private static long Whole(ReadOnlySequence<byte> buffer, int before)
    {
        var bytes = buffer.ToArray();
        var at = 0;
        while (true)
        {
            var isGreeting = before == 0 && at == 0;
            var need = isGreeting ? 4 : 8;
            if (bytes.Length - at < need)
            {
                return at;
            }

            var size = need + BitConverter.ToInt32(bytes, at) + (isGreeting ? 0 : BitConverter.ToInt32(bytes, at + 4));
            if (bytes.Length - at < size)
            {
                return at;
            }

            at += size;
        }
    }
}
