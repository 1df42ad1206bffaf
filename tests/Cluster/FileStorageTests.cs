using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Files;
using NeuroTrails.Tests.Checkpoints;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using static NeuroTrails.Tests.Cluster.StoredNotes;

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
        Assert.Equal(("", null, false), await ReadAsync(_storage, _grain));
        await _storage.WriteStateAsync("text", _grain, State("a"));
        Assert.Equal(("a", "1", true), await ReadAsync(Storage("c"), _grain));
        Assert.Equal(("", null, false), await ReadAsync(Storage("d"), _grain));
        Assert.Equal(("", null, false), await ReadAsync(_storage, GrainId.Create("note", "first")));
        Assert.Equal(("", null, false), await ReadAsync(_storage, _grain, "other"));
        Assert.All(Directory.EnumerateFileSystemEntries(_folder.Path), entry => Assert.Equal(".cluster", Path.GetFileName(entry)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task Of_many_writes_at_one_version_exactly_one_wins(string? etag)
    {
        if (etag is not null)
        {
            await _storage.WriteStateAsync("text", _grain, State("before"));
        }

        var won = await Task.WhenAll(
            Enumerable.Range(0, 24).Select(_ => Task.Run(() => TryWriteAsync(Storage("c"), _grain, State("same", etag))))
        );
        Assert.Single(won, true);
        Assert.Equal(("same", etag is null ? "1" : "2", true), await ReadAsync(_storage, _grain));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Any_operations_do_what_a_dictionary_does(int seed) => AnyOperationsAsync(_storage, seed);

    private FileGrainStorage Storage(string cluster) =>
        ActivatorUtilities.CreateInstance<FileGrainStorage>(
            new ServiceCollection()
                .AddSerializer()
                .AddSingleton(TimeProvider.System)
                .AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>()
                .AddSingleton(
                    new SiloRequest
                    {
                        Name = "a",
                        Devices = ["cpu"],
                        RunsFolder = _folder.Path,
                    }
                )
                .Configure<ClusterOptions>(options => options.ServiceId = cluster)
                .BuildServiceProvider()
        );
}
