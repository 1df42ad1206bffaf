using System.Globalization;
using Microsoft.Extensions.Options;
using NeuroTrails.Running;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace NeuroTrails.Silo.Cluster.Files;

/// <summary>
/// The state of grains in a cluster without Redis: a file each, in the runs folder, which all silos share anyway. Memory would do for
/// trying things out, but Orleans' own lives in grains that are spread over the silos: any that left would take runs' states with it. ETags
/// are versions that only grow.
/// </summary>
internal sealed class FileGrainStorage(
    SiloRequest silo,
    IOptions<ClusterOptions> cluster,
    IGrainStorageSerializer serializer,
    IActivatorProvider activators,
    TimeProvider time
) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var file = Of(stateName, grainId);
        var (version, bytes) = file.Read();
        grainState.State = (bytes is null ? default : State<T>(file, bytes)) ?? New<T>();
        grainState.ETag = Text(version);
        grainState.RecordExists = bytes is not null;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await Replace(stateName, grainId, grainState.ETag, serializer.Serialize(grainState.State).ToMemory());
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Who never saw a state has nothing to clear, provided that there still is none.
        var (version, state) = Of(stateName, grainId).Read();
        if (string.IsNullOrWhiteSpace(grainState.ETag) && state is null)
        {
            grainState.ETag = Text(version);
        }

        grainState.ETag = version == 0 && grainState.ETag is null ? null : await Replace(stateName, grainId, grainState.ETag, null);
        grainState.RecordExists = false;
        grainState.State = New<T>();
    }

    private StateFile Of(string stateName, GrainId grainId) =>
        new(
            Path.Combine(
                silo.RunsFolder,
                ".cluster",
                Uri.EscapeDataString(cluster.Value.ServiceId),
                Uri.EscapeDataString($"{grainId}.{stateName}")
            ),
            time
        );

    private async Task<string> Replace(string stateName, GrainId grainId, string? etag, ReadOnlyMemory<byte>? state)
    {
        long known = 0;
        var isKnown = string.IsNullOrWhiteSpace(etag) || long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out known);
        var (done, stored) = isKnown ? await Of(stateName, grainId).Replace(known, state) : (false, Of(stateName, grainId).Read().Version);
        return done
            ? Text(stored)!
            : throw new InconsistentStateException(
                $"{grainId} ({stateName}) knows version {etag ?? "none"}, but stored is {Text(stored) ?? "none"}.",
                Text(stored) ?? string.Empty,
                etag ?? string.Empty
            );
    }

    private T? State<T>(StateFile file, byte[] bytes)
    {
        try
        {
            return serializer.Deserialize<T>(new BinaryData(bytes));
        }
        catch (Exception fault)
        {
            // Whatever a serializer says of bytes that are none of its own; its exception stays
            // here, as not every such can travel to a client.
            throw file.Damaged($"what it holds cannot be read ({fault.GetType().Name}: {fault.Message.TrimEnd('.')})");
        }
    }

    private T New<T>() => activators.GetActivator<T>().Create();

    private static string? Text(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);
}
