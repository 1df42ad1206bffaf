using Orleans.Configuration;

namespace NeuroTrails.Tests.Orleans;

public sealed class CallChainTests(SharedHost shared)
{
    [Fact]
    public async Task A_chain_may_come_back_where_the_grain_allows_it()
    {
        var host = await shared.StartedAsync();
        Assert.Equal("-10", await host.Grains.GetGrain<IChainGrain>(-10).Start(11, allowReentrancy: true));
    }

    [Fact]
    public async Task A_chain_that_comes_back_without_leave_times_out()
    {
        await using var host = await GrainHost.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2)));
        var grain = host.Grains.GetGrain<IChainGrain>(20);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Start(21, allowReentrancy: false));
    }
}
