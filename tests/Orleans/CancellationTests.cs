using Orleans.Configuration;

namespace NeuroTrails.Tests.Orleans;

public sealed class CancellationTests(SharedHost shared)
{
    [Fact]
    public async Task Cancelling_reaches_the_callee_and_ends_the_callers_wait()
    {
        const string key = "cancel";
        var host = await shared.StartedAsync();
        using var source = new CancellationTokenSource();
        var call = host.Grains.GetGrain<IPatientGrain>(key).Wait("a", source.Token);
        await host.Journal.Until(key, "waiting a");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Journal.Until(key, "cancelled a");
    }

    [Fact]
    public async Task A_call_cancelled_before_its_turn_never_runs()
    {
        const string key = "cancel waiting";
        // Without the acknowledgement a caller stops waiting at once, while its cancellation is still on the way to the callee.
        await using var host = await GrainHost.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(options => options.WaitForCancellationAcknowledgement = true));
        var grain = host.Grains.GetGrain<IPatientGrain>(key);
        var first = grain.WaitRegardless("a");
        await host.Journal.Until(key, "waiting a");
        using var source = new CancellationTokenSource();
        var second = grain.Wait("b", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        host.Journal.Open(key, "go");
        Assert.Equal("a", await first);
        await grain.Ping();
        Assert.DoesNotContain("done b", host.Journal.Of(key));
    }

    [Fact]
    public async Task A_token_cancelled_beforehand_sends_nothing()
    {
        const string key = "cancel beforehand";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IPatientGrain>(key);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.Wait("a", new CancellationToken(canceled: true)));
        await grain.Ping();
        Assert.Empty(host.Journal.Of(key));
    }

    [Fact]
    public async Task A_token_that_is_never_cancelled_changes_nothing()
    {
        const string key = "cancel never";
        var host = await shared.StartedAsync();
        using var source = new CancellationTokenSource();
        host.Journal.Open(key, "go");
        Assert.Equal("a", await host.Grains.GetGrain<IPatientGrain>(key).Wait("a", source.Token));
    }
}
