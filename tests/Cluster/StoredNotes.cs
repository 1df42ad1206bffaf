using Orleans.Storage;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A state that grains could have, and what every storage must do with it.</summary>
internal static class StoredNotes
{
    public static GrainState<Note> State(string text, string? etag = null) => new(new() { Text = text }, etag!);

    public static (string Text, string? Etag, bool Exists) Seen(GrainState<Note> state) =>
        (state.State!.Text, state.ETag, state.RecordExists);

    public static async Task<(string Text, string? Etag, bool Exists)> ReadAsync(IGrainStorage storage, GrainId grain, string name = "text")
    {
        var state = State("not read", "7");
        await storage.ReadStateAsync(name, grain, state);
        return Seen(state);
    }

    public static async Task<bool> TryWriteAsync(IGrainStorage storage, GrainId grain, GrainState<Note> state)
    {
        try
        {
            await storage.WriteStateAsync("text", grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    /// <summary>Writes and clears at random, a fifth of it stale, beside a dictionary that does the same.</summary>
    public static async Task AnyOperationsAsync(IGrainStorage storage, int seed)
    {
        var random = new Random(seed);
        var rows = new Dictionary<GrainId, (string? Text, long Version)>();
        foreach (var step in Enumerable.Range(0, 400))
        {
            var grain = GrainId.Create("note", $"{random.Next(4)}");
            var row = rows.TryGetValue(grain, out var known) ? known : (Text: null, Version: 0L);
            var isStale = random.Next(5) == 0;
            var version = isStale ? row.Version + random.Next(1, 3) : row.Version;
            var state = State($"step {step}", version == 0 ? null : $"{version}");
            var isClear = random.Next(4) == 0;
            var change = isClear ? storage.ClearStateAsync("text", grain, state) : storage.WriteStateAsync("text", grain, state);
            if (isStale)
            {
                await Assert.ThrowsAsync<InconsistentStateException>(() => change);
            }
            else
            {
                await change;
                rows[grain] = isClear ? (null, version == 0 ? 0 : version + 1) : ($"step {step}", version + 1);
            }

            row = rows.TryGetValue(grain, out known) ? known : (null, 0L);
            Assert.Equal(
                (row.Text ?? "", row.Version == 0 ? null : $"{row.Version}", row.Text is not null),
                await ReadAsync(storage, grain)
            );
        }
    }

    /// <summary>The state.</summary>
    [GenerateSerializer, Alias("test.note")]
    internal sealed class Note
    {
        [Id(0)]
        public string Text { get; set; } = "";

        [Id(1)]
        public byte[] Bytes { get; set; } = [];
    }
}
