using System.Net;
using System.Net.Sockets;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;
using NeuroTrails.Grains.Wire;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Wire;

/// <summary>Tensors fetched by ticket, between two ends that share nothing but a port.</summary>
public sealed class TensorLaneTests : IDisposable
{
    private readonly TensorShelf _shelf = new();
    private readonly TensorServer _server;
    private readonly TensorFetcher _fetcher = new();

    public TensorLaneTests() => _server = new(new(IPAddress.Loopback, 0), _shelf);

    public void Dispose()
    {
        _fetcher.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Every_tensor_arrives_as_it_was_however_many_are_under_way()
    {
        var random = new Random(4);
        ScalarType[] types =
        [
            ScalarType.Byte,
            ScalarType.Int64,
            ScalarType.Float32,
            ScalarType.Float64,
            ScalarType.BFloat16,
            ScalarType.Bool,
        ];
        for (var round = 0; round < 25; round++)
        {
            var sent = Enumerable.Range(0, 40).Select(_ => new TensorMessage(Draw(random, types[random.Next(types.Length)]))).ToList();
            var received = await Task.WhenAll(
                sent.Select(async message =>
                {
                    var arriving = Lane.Fetch(new(Lane.Offer(message)));
                    await arriving.Ready;
                    return arriving.Take();
                })
            );
            foreach (var (message, tensor) in sent.Zip(received))
            {
                using var expected = message.Take();
                Assert.Equal(expected.shape, tensor.shape);
                Assert.Equal(expected.dtype, tensor.dtype);
                Assert.Equal(Bytes(expected), Bytes(tensor));
                if (expected.shape.All(extent => extent > 1))
                {
                    Assert.Equal(expected.stride(), tensor.stride());
                }

                tensor.Dispose();
                message.Dispose();
            }
        }

        Assert.Equal(0, _shelf.Count);
    }

    [Fact]
    public async Task Receivers_of_one_process_share_a_tensor_that_is_on_its_way()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var offering = new TensorLane("s", (IPEndPoint)listener.LocalEndpoint, _shelf, _fetcher);
        using var message = new TensorMessage(arange(100_000, dtype: ScalarType.Float32));
        var offers = Enumerable.Range(0, 3).Select(_ => offering.Offer(message)).ToList();
        Assert.All(offers, offer => Assert.Equal(offers[0], offer));
        Assert.Equal(1, _shelf.Count);

        // Nobody answers before all three have asked.
        var lane = Lane;
        var arriving = offers.Select(offer => lane.Fetch(new(offer))).ToList();
        using var server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = server.GetStream();
        await stream.ReadExactlyAsync(new byte[TensorServer.RequestBytes], TestContext.Current.CancellationToken);
        using var tensor = message.Take();
        await stream.WriteAsync(BitConverter.GetBytes(400_000L), TestContext.Current.CancellationToken);
        await stream.WriteAsync(Bytes(tensor), TestContext.Current.CancellationToken);
        foreach (var arrived in arriving)
        {
            await arrived.Ready;
            using var received = arrived.Take();
            Assert.Equal(Bytes(tensor), Bytes(received));
        }

        Assert.False(stream.DataAvailable);
    }

    [Fact]
    public async Task A_ticket_is_good_until_its_message_is_disposed()
    {
        var message = new TensorMessage(arange(100));
        var (header, ticket) = _shelf.Offer(message);
        Assert.Equal((header, ticket), _shelf.Offer(message));
        (await Fetch(ticket, header)).Dispose();
        (await Fetch(ticket, header)).Dispose();
        Assert.Equal(1, _shelf.Count);
        message.Dispose();
        Assert.Equal(0, _shelf.Count);
        var again = await Assert.ThrowsAsync<OwnerLostException>(() => Fetch(ticket, header));
        Assert.Contains("not to be had any more", again.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OwnerLostException>(() => Fetch(new(new byte[16]), header));
    }

    [Fact]
    public async Task A_step_that_was_given_up_leaves_nothing_behind()
    {
        var message = new TensorMessage(arange(100));
        var (header, ticket) = _shelf.Offer(message);
        Assert.Equal(1, _shelf.Count);
        message.Dispose();
        Assert.Equal(0, _shelf.Count);
        await Assert.ThrowsAsync<OwnerLostException>(() => Fetch(ticket, header));
    }

    [Fact]
    public async Task What_is_not_what_was_announced_is_refused()
    {
        using var message = new TensorMessage(arange(100));
        var (header, ticket) = _shelf.Offer(message);
        var error = await Assert.ThrowsAsync<OwnerLostException>(() => Fetch(ticket, header with { Extents = [101] }));
        Assert.Contains("808", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_was_cut_while_nobody_used_it_is_made_anew()
    {
        var port = _server.EndPoint;
        using var first = new TensorMessage(arange(10));
        var (header, ticket) = _shelf.Offer(first);
        (await Fetch(ticket, header)).Dispose();
        _server.Dispose();
        using var restarted = new TensorServer(port, _shelf);
        using var second = new TensorMessage(arange(10));
        (header, ticket) = _shelf.Offer(second);
        using var arrived = await _fetcher.Fetch("s", port, ticket, header);
        Assert.Equal(10, arrived.numel());
    }

    [Fact]
    public async Task Half_a_tensor_is_none_and_nobody_waits_for_a_silo_that_was_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        var header = Header(1000);

        var cut = _fetcher.Fetch("cut", endpoint, new(new byte[16]), header);
        using (var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await client
                .GetStream()
                .WriteAsync(new byte[] { 0xA0, 0x0F, 0, 0, 0, 0, 0, 0, 1, 2, 3 }, TestContext.Current.CancellationToken);
        }

        Assert.Contains(
            "could not be fetched",
            (await Assert.ThrowsAsync<OwnerLostException>(() => cut)).Message,
            StringComparison.Ordinal
        );

        var silent = _fetcher.Fetch("silent", endpoint, new(new byte[16]), header);
        using var paused = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await paused.GetStream().ReadExactlyAsync(new byte[TensorServer.RequestBytes], TestContext.Current.CancellationToken);
        Assert.False(silent.IsCompleted);
        _fetcher.Abandon("silent");
        await Assert.ThrowsAsync<OwnerLostException>(() => silent);
    }

    [Fact]
    public async Task Strangers_get_nothing_and_hold_nobody_up()
    {
        var random = new Random(8);
        for (var i = 0; i < 200; i++)
        {
            using var stranger = new TcpClient();
            await stranger.ConnectAsync(_server.EndPoint, TestContext.Current.CancellationToken);
            var noise = new byte[random.Next(1, 64)];
            random.NextBytes(noise);
            try
            {
                await stranger.GetStream().WriteAsync(noise, TestContext.Current.CancellationToken);
                if (noise.Length >= TensorServer.RequestBytes)
                {
                    // Hung up on, or told that there is nothing; never bytes of anybody's.
                    Assert.InRange(await stranger.GetStream().ReadAsync(new byte[64], TestContext.Current.CancellationToken), 0, 8);
                }
            }
            catch (IOException)
            {
                // Hung up on while still talking.
            }
        }

        using var message = new TensorMessage(arange(100));
        var (header, ticket) = _shelf.Offer(message);
        using var tensor = await Fetch(ticket, header);
        Assert.Equal(100, tensor.numel());
    }

    [Fact]
    public void Damaged_offers_are_refused()
    {
        using var message = new TensorMessage(arange(100));
        var offer = Lane.Offer(message);
        for (var length = 0; length < offer.Length - 2; length++)
        {
            var cut = offer[..length];
            if (!cut.Contains((byte)' '))
            {
                Assert.Throws<TensorFormatException>(() => Lane.Fetch(new(cut)));
            }
        }
    }

    [Fact]
    public async Task A_message_that_nobody_takes_frees_what_arrives()
    {
        using var source = arange(100);
        var arriving = new TaskCompletionSource<Tensor>();
        var message = new TensorMessage(arriving.Task);
        Assert.Throws<InvalidOperationException>(() => message.Take());
        message.Dispose();
        var late = source.alias();
        arriving.SetResult(late);
        await message.Ready;
        Assert.True(late.IsInvalid);
        Assert.Throws<OwnerLostException>(() => message.Take());
    }

    private TensorLane Lane => new("s", _server.EndPoint, _shelf, _fetcher);

    private Task<Tensor> Fetch(Guid ticket, TensorHeader header) => _fetcher.Fetch("s", _server.EndPoint, ticket, header);

    private static TensorHeader Header(long extent) => new((byte)ScalarType.Float32, [extent], [0]);

    private static Tensor Draw(Random random, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var rank = random.Next(5);
        long[] shape = [.. Enumerable.Range(0, rank).Select(_ => (long)random.Next(1, 9))];
        long[] order = [.. Enumerable.Range(0, rank).Select(dimension => (long)dimension).OrderBy(_ => random.Next())];
        var count = shape.Aggregate(1L, (product, extent) => product * extent);
        return arange(count, dtype: ScalarType.Float32).sub(count / 2).to_type(type).reshape(shape).permute(order).DetachFromDisposeScope();
    }

    private static byte[] Bytes(Tensor tensor)
    {
        using var whole = tensor.contiguous();
        return whole.bytes.ToArray();
    }
}
