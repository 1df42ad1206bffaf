using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace NeuroTrails.Tests.Orleans;

public sealed class StateTests(SharedHost shared)
{
    [Fact]
    public async Task Written_state_survives_the_activation_and_unwritten_does_not()
    {
        const string key = "survives";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IStateGrain>(key);
        Assert.False(await grain.Exists());
        await grain.Append("kept", write: true);
        Assert.True(await grain.Exists());
        await grain.Append("lost", write: false);
        await grain.Leave();
        await host.Journal.Until(key, "deactivated: ApplicationRequested");

        var notes = await grain.Read();
        Assert.Equal(["kept"], notes.Lines);
        Assert.Equal(4, notes.Counts["kept"]);
        Assert.Equal(
            ["activated with 0 and 0", "deactivated: ApplicationRequested", "activated with 1 and 1"], host.Journal.Of(key));
    }

    [Fact]
    public async Task Stored_state_is_a_copy()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IStateGrain>("copy");
        await grain.Append("kept", write: true);
        await grain.Append("lost", write: false);
        Assert.Equal(["kept"], (await grain.Reload()).Lines);
    }

    [Fact]
    public async Task Cleared_state_starts_afresh()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IStateGrain>("clear");
        await grain.Append("gone", write: true);
        await grain.Clear();
        Assert.False(await grain.Exists());
        Assert.Empty((await grain.Read()).Lines);
        await grain.Append("new", write: true);
        Assert.True(await grain.Exists());
        Assert.Equal(["new"], (await grain.Reload()).Lines);
    }

    [Fact]
    public async Task A_write_over_somebody_elses_write_is_refused_and_ends_the_activation()
    {
        const string key = "conflict";
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IStateGrain>(key);
        await grain.Append("mine", write: true);

        var storage = host.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var theirs = new GrainState<Notes>();
        await storage.ReadStateAsync("notes", grain.GetGrainId(), theirs);
        Assert.True(theirs.RecordExists);
        Assert.Equal(await grain.Etag(), theirs.ETag);
        theirs.State!.Lines.Add("theirs");
        await storage.WriteStateAsync("notes", grain.GetGrainId(), theirs);

        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Append("refused", write: true));
        Assert.Equal(theirs.ETag, refused.StoredEtag);
        await host.Journal.Until(key, "deactivated: ApplicationError");
        Assert.Equal(["mine", "theirs"], (await grain.Read()).Lines);
        await grain.Append("again", write: true);
        Assert.Equal(["mine", "theirs", "again"], (await grain.Reload()).Lines);
    }

    [Fact]
    public async Task A_grain_with_state_as_base_class_keeps_it_in_the_storage_it_names()
    {
        var host = await shared.StartedAsync();
        var grain = host.Grains.GetGrain<IWholeStateGrain>(7);
        Assert.Equal(1, await grain.Append("a"));
        Assert.Equal(2, await grain.Append("b"));
        await grain.Leave();
        Assert.Equal(3, await grain.Append("c"));
    }
}
