using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps state in memory, as copies, for as long as the host lives. Refuses writes by whoever has not seen the last one.</summary>
internal sealed class MemoryGrainStorage(string name) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private readonly Lock _gate = new();
    private long _version;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Not at once, as no real storage answers at once.
        await Task.Yield();
        if (_records.TryGetValue((stateName, grainId), out var record) && record.Exists)
        {
            grainState.State = (T)DeepCopier.CopyState(record.State)!;
            grainState.ETag = record.Etag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = StateActivator.Create<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var copy = DeepCopier.CopyState(grainState.State);
        await Task.Yield();
        grainState.ETag = Put(stateName, grainId, grainState.ETag, exists: true, copy);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        Put(stateName, grainId, grainState.ETag, exists: false, null);
        grainState.State = StateActivator.Create<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private string Put(string stateName, GrainId grainId, string? etag, bool exists, object? state)
    {
        var key = (stateName, grainId);
        lock (_gate)
        {
            var stored = _records.TryGetValue(key, out var record) && record.Exists ? record.Etag : null;
            if (record is not null && stored != etag && etag != "*")
            {
                throw new InconsistentStateException(
                    $"Storage {name}: state {stateName} of {grainId} was written by somebody else in between "
                    + $"(stored ETag {stored ?? "none"}, received {etag ?? "none"}).",
                    stored,
                    etag);
            }

            var next = (++_version).ToString(CultureInfo.InvariantCulture);
            _records[key] = new Record(state, next, exists);
            return next;
        }
    }

    private sealed record Record(object? State, string Etag, bool Exists);
}
