using Orleans.Configuration;

namespace NeuroTrails.Tests.Orleans;

public sealed class TimeoutTests(SharedHost shared)
{
    [Fact]
    public async Task A_time_out_ends_the_wait_but_not_the_work()
    {
        const string key = "timeout";
        await using var host = await GrainHost.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1)));
        var grain = host.Grains.GetGrain<IPatientGrain>(key);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.WaitRegardless("a"));
        host.Journal.Open(key, "go");
        await host.Journal.Until(key, "done a");
    }

    [Fact]
    public async Task A_method_may_have_a_time_out_of_its_own()
    {
        const string key = "timeout of its own";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IPatientGrain>(key);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.WaitBriefly("a"));
        host.Journal.Open(key, "go");
        await host.Journal.Until(key, "done a");
    }
}
