namespace NeuroTrails.Tests.Orleans;

public sealed class RequestContextTests(SharedHost shared)
{
    [Fact]
    public async Task Values_travel_along_the_chain_of_calls()
    {
        var host = await shared.StartedAsync();
        RequestContext.Set("color", "green");
        Assert.Equal("green", await host.Grains.GetGrain<IContextGrain>("near").ColorBeyond("far"));
        RequestContext.Remove("color");
        Assert.Null(await host.Grains.GetGrain<IContextGrain>("near").ColorBeyond("far"));
    }

    [Fact]
    public async Task What_the_callee_sets_stays_with_its_call()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IContextGrain>("painted");
        RequestContext.Set("color", "blue");
        await grain.Paint("red");
        Assert.Equal("blue", RequestContext.Get("color"));
        RequestContext.Clear();
        Assert.Null(await grain.Color());
    }

    [Fact]
    public async Task A_one_way_call_returns_at_once_and_hides_failures()
    {
        const string key = "one way";
        var host = await shared.StartedAsync();
        await host.Grains.GetGrain<IContextGrain>(key).WriteAndForget("arrived");
        Assert.Empty(host.Journal.Of(key));
        host.Journal.Open(key, "go");
        await host.Journal.Until(key, "arrived");
    }
}
