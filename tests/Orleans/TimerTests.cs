namespace NeuroTrails.Tests.Orleans;

public sealed class TimerTests(SharedHost shared)
{
    [Fact]
    public async Task A_timer_ticks_until_it_is_disposed_and_survives_failures()
    {
        const string key = "ticking";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>(key);
        await grain.Start(interleave: false, TimeSpan.FromMilliseconds(5));
        await host.Journal.Until(key, "tick 4");
        await grain.Stop();
        var stopped = host.Journal.Of(key).Count;
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal("stopped", host.Journal.Of(key)[^1]);
        Assert.Equal(stopped, host.Journal.Of(key).Count);
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_in_progress()
    {
        const string key = "tick waits";
        var host = await shared.StartedAsync();
        var holding = host.Grains.GetGrain<ITimerGrain>(key).StartAndHold(interleave: false);
        await host.Journal.Until(key, "holding");
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(["holding"], host.Journal.Of(key));
        host.Journal.Open(key, "go");
        await holding;
        await host.Journal.Until(key, "tick 1");
        Assert.Equal(["holding", "released", "tick 1"], host.Journal.Of(key));
    }

    [Fact]
    public async Task An_interleaving_tick_does_not_wait()
    {
        const string key = "tick interleaves";
        var host = await shared.StartedAsync();
        var holding = host.Grains.GetGrain<ITimerGrain>(key).StartAndHold(interleave: true);
        await host.Journal.Until(key, "tick 1");
        host.Journal.Open(key, "go");
        await holding;
        Assert.Equal(["holding", "tick 1", "released"], host.Journal.Of(key));
    }

    [Fact]
    public async Task A_timer_that_ticked_once_can_be_set_again()
    {
        const string key = "tick again";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>(key);
        await grain.Start(interleave: false, Timeout.InfiniteTimeSpan);
        await host.Journal.Until(key, "tick 1");
        await grain.Change(TimeSpan.Zero);
        await host.Journal.Until(key, "tick 2");
        Assert.Equal(["tick 1", "tick 2"], host.Journal.Of(key));
    }
}
