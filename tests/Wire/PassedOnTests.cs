using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Contracts;
using NeuroTrails.Grains.Wire;
using Orleans.Serialization;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Wire;

/// <summary>A call that reaches a silo which its grain has left is passed on, with its tensors.</summary>
public sealed class PassedOnTests : IDisposable
{
    private readonly TensorShelf _shelf = new();
    private readonly TensorServer _server;
    private readonly TensorFetcher _fetcher = new();

    public PassedOnTests() => _server = new(new(IPAddress.Loopback, 0), _shelf);

    public void Dispose()
    {
        _fetcher.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(10, false)]
    [InlineData(100_000, true)]
    [InlineData(100_000, false)]
    public async Task Whoever_a_call_is_passed_on_to_gets_its_tensor_whether_or_not_it_had_arrived_on_the_way(
        int count,
        bool arrivesOnTheWay
    )
    {
        var (from, wrong, right) = (Silo(), Silo(), Silo());
        using var sent = new TensorMessage(arange(count, dtype: ScalarType.Float32));
        var onTheWay = wrong.Deserialize<TensorMessage>(from.SerializeToArray(sent))!;
        if (arrivesOnTheWay)
        {
            await onTheWay.Ready;
        }

        var arrived = right.Deserialize<TensorMessage>(wrong.SerializeToArray(onTheWay))!;
        await arrived.Ready;
        using var tensor = arrived.Take();
        Assert.Equal(Enumerable.Range(0, count).Select(value => (float)value), tensor.data<float>().ToArray());
        Assert.True(onTheWay.IsDisposed);
        sent.Dispose();
        Assert.Equal(0, _shelf.Count);
    }

    private Serializer Silo() =>
        new ServiceCollection()
            .AddSingleton(new TensorLane("s", _server.EndPoint, _shelf, _fetcher))
            .AddSerializer(builder => builder.AddAssembly(typeof(TensorMessage).Assembly).AddAssembly(typeof(TensorMessageCodec).Assembly))
            .BuildServiceProvider()
            .GetRequiredService<Serializer>();
}
