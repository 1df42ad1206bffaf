namespace NeuroTrails.Tests.Orleans;

public sealed class WorkerTests(SharedHost shared)
{
    [Fact]
    public async Task Stateless_workers_share_calls_up_to_their_number()
    {
        const string key = "workers";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IWorkerGrain>(5, key, null);
        var calls = Enumerable.Range(0, 3).Select(i => grain.Work($"{i}")).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => host.Journal.Until(key, $"begin {i}")));
        var fourth = grain.Work("3");
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(3, host.Journal.Of(key).Count);
        host.Journal.Open(key, "go");
        Assert.Equal(["5 workers 0", "5 workers 1", "5 workers 2"], await Task.WhenAll(calls));
        Assert.Equal("5 workers 3", await fourth);
    }
}
