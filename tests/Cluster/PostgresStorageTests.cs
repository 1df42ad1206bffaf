using Orleans.Storage;
using static NeuroTrails.Tests.Cluster.StoredNotes;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Grain storage against a real server.</summary>
public sealed class PostgresStorageTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly GrainId _grain = GrainId.Create("note", "first");

    [Fact]
    public async Task What_was_never_written_is_new()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        var state = State("left over");
        await parts.Storage.ReadStateAsync("text", _grain, state);
        Assert.Equal(("", null, false), Seen(state));
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        var state = State("a");
        await parts.Storage.WriteStateAsync("text", _grain, state);
        Assert.Equal(("a", "1", true), Seen(state));
        state.State!.Text = "b";
        await parts.Storage.WriteStateAsync("text", _grain, state);
        Assert.Equal(("b", "2", true), await ReadAsync(parts.Storage, _grain));
    }

    [Fact]
    public async Task Grains_states_and_services_are_kept_apart()
    {
        var connection = await server.NewDatabaseAsync();
        await using var parts = new PostgresParts(connection);
        await using var other = new PostgresParts(connection, service: "t");
        (IGrainStorage Storage, string Name, GrainId Grain)[] places =
        [
            (parts.Storage, "text", _grain), (parts.Storage, "other", _grain), (parts.Storage, "text", GrainId.Create("note", "second")),
            (parts.Storage, "text", GrainId.Create("letter", "first")), (other.Storage, "text", _grain),
        ];
        foreach (var (index, (storage, name, grain)) in places.Index())
        {
            await storage.WriteStateAsync(name, grain, State($"text {index}"));
        }

        foreach (var (index, (storage, name, grain)) in places.Index())
        {
            Assert.Equal(($"text {index}", "1", true), await ReadAsync(storage, grain, name));
        }
    }

    [Fact]
    public async Task A_stale_write_is_refused()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        var (first, second) = (State("a"), State("b"));
        await parts.Storage.WriteStateAsync("text", _grain, first);
        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => parts.Storage.WriteStateAsync("text", _grain, second));
        Assert.Equal(("1", null), (conflict.StoredEtag, conflict.CurrentEtag));
        Assert.Equal(("b", null, false), Seen(second));
        await parts.Storage.ReadStateAsync("text", _grain, second);
        await parts.Storage.WriteStateAsync("text", _grain, first);
        conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => parts.Storage.WriteStateAsync("text", _grain, second));
        Assert.Equal(("2", "1"), (conflict.StoredEtag, conflict.CurrentEtag));
        await Assert.ThrowsAsync<InconsistentStateException>(() => parts.Storage.ClearStateAsync("text", _grain, second));
        second.ETag = "not one of ours";
        await Assert.ThrowsAsync<InconsistentStateException>(() => parts.Storage.WriteStateAsync("text", _grain, second));
        Assert.Equal(("a", "2", true), await ReadAsync(parts.Storage, _grain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task Of_many_equal_writes_at_one_version_exactly_one_wins(string? etag)
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        if (etag is not null)
        {
            await parts.Storage.WriteStateAsync("text", _grain, State("before"));
        }

        var won = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => TryWriteAsync(parts.Storage, _grain, State("same", etag))));
        Assert.Single(won, true);
        Assert.Equal(("same", etag is null ? "1" : "2", true), await ReadAsync(parts.Storage, _grain));
    }

    [Fact]
    public async Task A_cleared_state_is_new_but_its_etag_goes_on()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        var (state, asleep) = (State("a"), State("stale", "1"));
        await parts.Storage.WriteStateAsync("text", _grain, state);
        await parts.Storage.ClearStateAsync("text", _grain, state);
        Assert.Equal(("", "2", false), Seen(state));
        Assert.Equal(("", "2", false), await ReadAsync(parts.Storage, _grain));
        await Assert.ThrowsAsync<InconsistentStateException>(() => parts.Storage.WriteStateAsync("text", _grain, asleep));
        state.State!.Text = "again";
        await parts.Storage.WriteStateAsync("text", _grain, state);
        Assert.Equal(("again", "3", true), await ReadAsync(parts.Storage, _grain));
        await Assert.ThrowsAsync<InconsistentStateException>(() => parts.Storage.WriteStateAsync("text", _grain, asleep));
        await Assert.ThrowsAsync<InconsistentStateException>(() => parts.Storage.ClearStateAsync("text", _grain, State("")));
        Assert.Equal(("again", "3", true), await ReadAsync(parts.Storage, _grain));
    }

    [Fact]
    public async Task Clearing_twice_or_nothing_does_no_harm()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        var state = State("a");
        await parts.Storage.ClearStateAsync("text", _grain, state);
        Assert.Equal(("", null, false), Seen(state));
        await parts.Storage.WriteStateAsync("text", _grain, state);
        await parts.Storage.ClearStateAsync("text", _grain, state);
        await parts.Storage.ClearStateAsync("text", _grain, state);
        Assert.Equal(("", "3", false), Seen(state));
        var newcomer = State("b");
        await parts.Storage.ClearStateAsync("text", _grain, newcomer);
        Assert.Equal(("", "4", false), Seen(newcomer));
    }

    [Fact]
    public async Task Five_megabytes_are_kept()
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        var bytes = new byte[5 << 20];
        new Random(7).NextBytes(bytes);
        var state = State("big");
        state.State!.Bytes = bytes;
        await parts.Storage.WriteStateAsync("text", _grain, state);
        var read = State("");
        await parts.Storage.ReadStateAsync("text", _grain, read);
        Assert.True(bytes.AsSpan().SequenceEqual(read.State!.Bytes), "The bytes came back changed.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_operations_do_what_a_dictionary_does(int seed)
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        await AnyOperationsAsync(parts.Storage, seed);
    }

    [Theory]
    [InlineData(23)]
    [InlineData(30)]
    public async Task Lost_answers_neither_lose_nor_repeat_a_write(int loseEvery)
    {
        await using var proxy = new LossyProxy(await server.NewDatabaseAsync());
        await using var parts = new PostgresParts(proxy.Connection);
        await parts.Database.ReadyAsync();
        proxy.LoseEvery = loseEvery;
        await CountAsync(parts.Storage, 40);
        Assert.True(proxy.Lost > 5, $"Only {proxy.Lost} answers were lost.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_of_the_server_is_survived(bool crash)
    {
        await using var parts = new PostgresParts(await server.NewDatabaseAsync());
        await parts.Storage.WriteStateAsync("text", _grain, State("before"));
        var work = CountAsync(parts.Storage, 60);
        await server.RestartAsync(crash);
        await work;
        Assert.Equal(("before", "1", true), await ReadAsync(parts.Storage, _grain));
    }

    // Four grains that count: a write lost or done twice would show in the version, a refusal of one's own write would throw.
    private static Task CountAsync(IGrainStorage storage, int writes) => Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
    {
        var grain = GrainId.Create("counter", $"{number}");
        var state = State("");
        for (var count = 1; count <= writes; count++)
        {
            state.State!.Text = $"{count}";
            await storage.WriteStateAsync("text", grain, state);
            Assert.Equal($"{count}", state.ETag);
        }

        Assert.Equal(($"{writes}", $"{writes}", true), await ReadAsync(storage, grain));
    }));
}
