using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A store of grain state in memory, checked by ETags as a database is, that can be away.</summary>
internal sealed class FlakyStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (int Version, string Text)> _rows = new();
    private int _writes;

    /// <summary>Whether nothing can be read or written.</summary>
    public bool IsAway { get; set; }

    /// <summary>Coordinators' writes after which it goes away by itself.</summary>
    public int AwayAfter { get; set; } = int.MaxValue;

    /// <summary>What is stored of a grain type's first row; null where there is none.</summary>
    public JsonElement? Stored(string type) =>
        _rows.FirstOrDefault(row => row.Key.StartsWith(type, StringComparison.Ordinal)).Value.Text is { } text
            ? JsonDocument.Parse(text).RootElement
            : null;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckThere();
        if (_rows.TryGetValue(grainId.ToString(), out var row))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = (
                JsonSerializer.Deserialize<T>(row.Text)!,
                Text(row.Version),
                true
            );
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckThere();
        var (version, text) = (
            _rows.TryGetValue(grainId.ToString(), out var row) ? row.Version : 0,
            JsonSerializer.Serialize(grainState.State)
        );
        if (grainState.ETag != (version == 0 ? null : Text(version)))
        {
            throw new InconsistentStateException($"{grainId} knows version {grainState.ETag}, but stored is {version}.");
        }

        _rows[grainId.ToString()] = (version + 1, text);
        (grainState.ETag, grainState.RecordExists) = (Text(version + 1), true);
        IsAway |= grainId.Type.ToString() == "coordinator" && Interlocked.Increment(ref _writes) == AwayAfter;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    private void CheckThere()
    {
        if (IsAway)
        {
            throw new IOException("the store is away");
        }
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
