namespace NeuroTrails.Tests.Orleans;

public sealed class OddGrainTests(SharedHost shared)
{
    private static readonly Guid Key = new("a4b65a0d-9c3e-4b3c-8f0d-2f1f5a3f2d11");

    [Fact]
    public async Task A_grain_needs_no_base_class_and_may_have_a_compound_key()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IPlainGrain>(Key, "extended", null);
        Assert.Equal($"plain-one/{Key:N}+extended", grain.GetGrainId().ToString());
        Assert.Equal($"{Key:N} extended", await grain.Name());
        Assert.Equal($"{Key:N} extended", await grain.AsReference<INamed>().Name());
        Assert.True(await grain.Later());
    }

    [Fact]
    public async Task Methods_may_be_generic()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IPlainGrain>(Key, "generic", null);
        Assert.Equal("text", await grain.Echo("text"));
        Assert.Equal(5, await grain.Echo(5));
        var list = new List<int> { 1 };
        Assert.NotSame(list, await grain.Echo(list));
    }

    [Fact]
    public async Task A_result_is_copied_even_where_it_is_marked_but_its_type_is_not()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IPlainGrain>(Key, "shared", null);
        (await grain.Shared())[0] = 9;
        Assert.Equal(1, await grain.First());
    }

    [Fact]
    public async Task Whoever_calls_a_grain_that_cannot_be_made_sees_why()
    {
        var host = await shared.StartedAsync();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.Grains.GetGrain<IBreakingGrain>("broken").Ping());
        Assert.Contains("cannot be made", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_calls_a_grain_whose_storage_is_missing_sees_its_name()
    {
        var host = await shared.StartedAsync();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.Grains.GetGrain<IHomelessGrain>("homeless").Ping());
        Assert.Contains("no such storage", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_nobody_implements_has_no_grains()
    {
        var host = await shared.StartedAsync();
        Assert.Throws<ArgumentException>(() => host.Grains.GetGrain<INobodyGrain>("nobody"));
    }

    [Fact]
    public async Task A_stopped_host_takes_no_calls()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("too late");
        await grain.Add(1);
        await host.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => grain.Add(1).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }
}
