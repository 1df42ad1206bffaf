#if ORLEANS_PACKAGE
using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Files;
using NeuroTrails.Tests.Checkpoints;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace NeuroTrails.Tests.Cluster;

/// <summary>Grain storage in the runs folder.</summary>
public sealed class FileStorageTests : IDisposable
{
    private static readonly GrainId _grain = GrainId.Create("note", "first/of many");
    private readonly TemporaryFolder _folder = new();
    private readonly FileGrainStorage _storage;

    public FileStorageTests() => _storage = Storage("c");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_read_by_the_next_process_and_kept_apart_from_other_clusters_states_and_grains()
    {
        Assert.Equal(("", null, false), await Read(_storage, _grain));
        await _storage.WriteStateAsync("text", _grain, State("a", null));
        Assert.Equal(("a", "1", true), await Read(Storage("c"), _grain));
        Assert.Equal(("", null, false), await Read(Storage("d"), _grain));
        Assert.Equal(("", null, false), await Read(_storage, GrainId.Create("note", "first")));
        Assert.Equal(("", null, false), await Read(_storage, _grain, "other"));
        Assert.All(Directory.EnumerateFileSystemEntries(_folder.Path), entry => Assert.Equal(".cluster", Path.GetFileName(entry)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task Of_many_writes_at_one_version_exactly_one_wins(string? etag)
    {
        if (etag is not null)
        {
            await _storage.WriteStateAsync("text", _grain, State("before", null));
        }

        var won = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(async () =>
        {
            try
            {
                await Storage("c").WriteStateAsync("text", _grain, State("same", etag));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        })));
        Assert.Single(won, true);
        Assert.Equal(("same", etag is null ? "1" : "2", true), await Read(_storage, _grain));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_operations_do_what_a_dictionary_does(int seed)
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
            var change = isClear ? _storage.ClearStateAsync("text", grain, state) : _storage.WriteStateAsync("text", grain, state);
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
            Assert.Equal((row.Text ?? "", row.Version == 0 ? null : $"{row.Version}", row.Text is not null), await Read(_storage, grain));
        }
    }

    private static GrainState<PostgresStorageTests.Note> State(string text, string? etag) => new(new() { Text = text }, etag!);

    private static async Task<(string Text, string? Etag, bool Exists)> Read(FileGrainStorage storage, GrainId grain, string name = "text")
    {
        var state = State("left over", "7");
        await storage.ReadStateAsync(name, grain, state);
        return (state.State!.Text, state.ETag, state.RecordExists);
    }

    private FileGrainStorage Storage(string cluster) => ActivatorUtilities.CreateInstance<FileGrainStorage>(new ServiceCollection()
        .AddSerializer()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>()
        .AddSingleton(new SiloRequest { Name = "a", Devices = ["cpu"], RunsFolder = _folder.Path })
        .Configure<ClusterOptions>(options => options.ServiceId = cluster)
        .BuildServiceProvider());
}
#endif
