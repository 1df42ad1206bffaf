namespace NeuroTrails.Tests.Orleans;

public sealed class TurnTests(SharedHost shared)
{
    [Fact]
    public async Task A_call_waits_until_the_one_before_has_ended()
    {
        const string key = "one at a time";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ITurnGrain>(key);
        var first = grain.Hold("a");
        await host.Journal.Until(key, "begin a");
        host.Journal.Open(key, "go b");
        var second = grain.Hold("b");
        var interleaved = grain.HoldInterleaved("c");
        await host.Journal.Until(key, "begin c");
        host.Journal.Open(key, "go c");
        await interleaved;
        Assert.False(second.IsCompleted);
        host.Journal.Open(key, "go a");
        await Task.WhenAll(first, second);
        Assert.Equal(["begin a", "begin c", "end c", "end a", "begin b", "end b"], host.Journal.Of(key));
    }

    [Fact]
    public async Task An_interleaved_call_does_not_let_others_in()
    {
        const string key = "interleave blocks nothing";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ITurnGrain>(key);
        var interleaved = grain.HoldInterleaved("a");
        await host.Journal.Until(key, "begin a");
        var ordinary = grain.Hold("b");
        await host.Journal.Until(key, "begin b");
        host.Journal.Open(key, "go a");
        await interleaved;
        host.Journal.Open(key, "go b");
        await ordinary;
        Assert.Equal(["begin a", "begin b", "end a", "end b"], host.Journal.Of(key));
    }

    [Fact]
    public async Task Read_only_calls_run_beside_each_other_but_not_beside_a_writer()
    {
        const string key = "readers";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<ITurnGrain>(key);
        var first = grain.HoldReadOnly("a");
        await host.Journal.Until(key, "begin a");
        var second = grain.HoldReadOnly("b");
        await host.Journal.Until(key, "begin b");
        host.Journal.Open(key, "go c");
        var writer = grain.Hold("c");
        host.Journal.Open(key, "go b");
        await second;
        Assert.DoesNotContain("begin c", host.Journal.Of(key));
        host.Journal.Open(key, "go a");
        await Task.WhenAll(first, writer);
        Assert.Equal(["begin a", "begin b", "end b", "end a", "begin c", "end c"], host.Journal.Of(key));
    }

    [Fact]
    public async Task A_reentrant_grain_interleaves_calls_but_never_runs_two_turns_at_once()
    {
        const string key = "reentrant";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IReentrantTurnGrain>(key);
        var calls = Enumerable.Range(0, 500).Select(i => grain.Hold($"{i}")).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => host.Journal.Until(key, $"begin {i}")));
        foreach (var i in Enumerable.Range(0, 500).Reverse())
        {
            host.Journal.Open(key, $"go {i}");
        }

        await Task.WhenAll(calls);
        Assert.Equal(1000, host.Journal.Of(key).Count);
    }
}
