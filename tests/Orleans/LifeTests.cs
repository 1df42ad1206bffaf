namespace NeuroTrails.Tests.Orleans;

public sealed class LifeTests(SharedHost shared)
{
    [Fact]
    public async Task A_grain_that_leaves_ends_its_call_first_and_waiting_calls_go_to_its_successor()
    {
        const string key = "leaves";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ILifeGrain>(key);
        Assert.Equal(1, await grain.Touch());
        var leaving = grain.LeaveSlowly();
        await host.Journal.Until(key, "leaving");
        var waiting = grain.Touch();
        Assert.False(waiting.IsCompleted);
        host.Journal.Open(key, "go");
        await leaving;
        Assert.Equal(1, await waiting);
        Assert.Equal(
            ["activated", "leaving", "left", "deactivated: ApplicationRequested", "disposed", "activated"], host.Journal.Of(key));
    }

    [Fact]
    public async Task Whoever_calls_a_grain_that_fails_to_activate_sees_why()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ILifeGrain>("stillborn");
        var error = await Assert.ThrowsAsync<NotSupportedException>(grain.Touch);
        Assert.Equal("will not live", error.Message);
    }

    [Fact]
    public async Task Stopping_the_host_deactivates_everybody()
    {
        var host = await GrainHost.StartAsync();
        await using var disposed = host;
        var keys = Enumerable.Range(0, 50).Select(i => $"stopped {i}").ToArray();
        await Task.WhenAll(keys.Select(key => host.Grains.GetGrain<ILifeGrain>(key).Touch()));
        await host.StopAsync();
        Assert.All(keys, key => Assert.Equal(["activated", "deactivated: ShuttingDown", "disposed"], host.Journal.Of(key)));
    }

    [Fact]
    public async Task Collection_takes_idle_grains_but_not_those_kept_alive()
    {
        const string key = "idle";
        await using var host = await GrainHost.StartAsync();
        var idle = host.Grains.GetGrain<ILifeGrain>(key);
        var lasting = host.Grains.GetGrain<ILastingGrain>(key);
        await idle.Touch();
        await lasting.Touch();
        var management = host.Grains.GetGrain<IManagementGrain>(0);
        Assert.True(await management.GetTotalActivationCount() >= 2);
        await management.ForceActivationCollection(TimeSpan.Zero);
        await host.Journal.Until(key, "deactivated: ActivationIdle");
        Assert.Equal(1, await idle.Touch());
        Assert.Equal(2, await lasting.Touch());
    }
}
