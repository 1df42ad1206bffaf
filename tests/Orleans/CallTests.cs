namespace NeuroTrails.Tests.Orleans;

public sealed class CallTests(SharedHost shared)
{
    [Fact]
    public async Task A_grain_keeps_its_state_between_calls_and_others_have_their_own()
    {
        var host = await shared.StartedAsync();
        var a = host.Grains.GetGrain<ICounterGrain>("call a");
        var b = host.Grains.GetGrain<ICounterGrain>("call b");

        Assert.Equal(2, await a.Add(2));
        Assert.Equal(5, await a.Add(3));
        Assert.Equal(1, await b.Add(1));
        Assert.Equal(5, await a.Value());
        await a.Reset();
        Assert.Equal(0, await a.Value());
    }

    [Fact]
    public async Task Exceptions_arrive_with_their_type_and_message()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("call a");
        var error = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => grain.Fail("no such zone"));
        Assert.Equal("no such zone", error.Message);
    }

    [Fact]
    public async Task References_carry_their_identity_and_may_be_passed_on()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("some key");
        Assert.Equal("some key|counter/some key", await grain.Identity());
        Assert.Equal("some key", grain.GetPrimaryKeyString());
        Assert.Equal("counter/some key", grain.GetGrainId().ToString());

        await grain.Add(7);
        Assert.Equal(7, await host.Grains.GetGrain<ICounterGrain>("other").ValueOf(grain));
        Assert.Equal(grain, await grain.Self());
        Assert.Equal(grain, host.Grains.GetGrain<ICounterGrain>(GrainId.Parse("counter/some key")));
        Assert.Equal(grain.GetHashCode(), host.Grains.GetGrain<ICounterGrain>("some key").GetHashCode());
    }

    [Fact]
    public async Task Ten_thousand_calls_in_flight_are_all_counted()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("busy");
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => grain.Add(1)));
        Assert.Equal(10_000, await grain.Value());
    }
}
