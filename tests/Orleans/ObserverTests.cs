using System.Collections.Concurrent;

namespace NeuroTrails.Tests.Orleans;

public sealed class ObserverTests(SharedHost shared)
{
    [Fact]
    public async Task Observers_are_called_in_order_and_may_answer()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<INewsGrain>("news");
        var reader = new Reader();
        var reference = host.Grains.CreateObjectReference<INewsReader>(reader);
        await grain.Subscribe(reference);
        Assert.Equal(5, await grain.Publish("first"));
        Assert.Equal(6, await grain.Publish("second"));
        Assert.Equal(["read first", "confirm first", "read second", "confirm second"], reader.Seen);
        host.Grains.DeleteObjectReference<INewsReader>(reference);
    }

    [Fact]
    public async Task An_observer_that_is_no_reference_cannot_be_passed()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<INewsGrain>("half baked");
        await Assert.ThrowsAsync<NotSupportedException>(() => grain.Subscribe(new Reader()));
    }

    private sealed class Reader : INewsReader
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        public void Read(string news) => Seen.Enqueue($"read {news}");

        public Task<int> Confirm(string news)
        {
            Seen.Enqueue($"confirm {news}");
            return Task.FromResult(news.Length);
        }
    }
}
