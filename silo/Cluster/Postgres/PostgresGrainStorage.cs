using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>
/// The state of grains, one row each. The ETag is the row's version, which only ever grows: clearing a state empties the row but keeps it, so that
/// an activation that slept through a clear and a new beginning cannot take the new version 1 for the one it knows.
/// </summary>
internal sealed class PostgresGrainStorage(
    PostgresDatabase database, IGrainStorageSerializer serializer, IActivatorProvider activators, IOptions<ClusterOptions> options, ILogger<PostgresGrainStorage> logger) : IGrainStorage
{
    private const string Row = "service_id = @service AND grain_type = @type AND grain_id = @id AND state_name = @name";

    // A second attempt finds its own write id, and writes the same again: see PostgresDatabase.NextWriteIdAsync.
    private const string Insert = """
        INSERT INTO neurotrails_grain_state AS s (service_id, grain_type, grain_id, state_name, version, write_id, payload)
        VALUES (@service, @type, @id, @name, 1, @write_id, @payload)
        ON CONFLICT (service_id, grain_type, grain_id, state_name) DO UPDATE SET write_id = s.write_id WHERE s.write_id = @write_id
        RETURNING version
        """;

    private const string Update = $"""
        UPDATE neurotrails_grain_state SET version = @known + 1, write_id = @write_id, payload = @payload
        WHERE {Row} AND (version = @known OR (version = @known + 1 AND write_id = @write_id))
        RETURNING version
        """;

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (version, payload) = await ReadAsync("reading a grain's state", $"SELECT version, payload FROM neurotrails_grain_state WHERE {Row}", stateName, grainId);
        var state = payload is null ? default : serializer.Deserialize<T>(new BinaryData(payload));
        grainState.State = state ?? NewState<T>();
        grainState.ETag = Text(version);
        grainState.RecordExists = payload is not null;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await ChangeAsync("writing a grain's state", stateName, grainId, grainState.ETag, serializer.Serialize(grainState.State).ToMemory());
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Who never saw a row has nothing to clear, provided that there still is none. A row that was cleared before is as good as none.
        var etag = string.IsNullOrWhiteSpace(grainState.ETag) ? await ClearedAsync(stateName, grainId) : grainState.ETag;
        grainState.ETag = etag is null ? null : await ChangeAsync("clearing a grain's state", stateName, grainId, etag, null);
        grainState.RecordExists = false;
        grainState.State = NewState<T>();
    }

    private async Task<string?> ClearedAsync(string stateName, GrainId grainId)
    {
        var (version, payload) = await ReadAsync("clearing a grain's state", $"SELECT version, payload FROM neurotrails_grain_state WHERE {Row}", stateName, grainId);
        return payload is null ? Text(version) : throw Conflict("clearing a grain's state", stateName, grainId, null, Text(version), null);
    }

    private async Task<string?> ChangeAsync(string what, string stateName, GrainId grainId, string? etag, ReadOnlyMemory<byte>? payload)
    {
        var isNew = string.IsNullOrWhiteSpace(etag);
        long known = 0;
        if (!isNew && !long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out known))
        {
            throw Conflict(what, stateName, grainId, etag, null, new FormatException("The ETag is none of this storage."));
        }

        (string, object?)[] values = [.. Key(stateName, grainId), ("known", known), ("write_id", await database.NextWriteIdAsync()), ("payload", payload)];
        var written = await database.RunAsync(what, (connection, stop) => connection.AskAsync<long?>(isNew ? Insert : Update, stop, values));
        if (written is null)
        {
            var (stored, _) = await ReadAsync(what, $"SELECT version, NULL::bytea FROM neurotrails_grain_state WHERE {Row}", stateName, grainId);
            throw Conflict(what, stateName, grainId, etag, Text(stored), null);
        }

        return Text(written);
    }

    private async Task<(long? Version, byte[]? Payload)> ReadAsync(string what, string sql, string stateName, GrainId grainId)
    {
        await database.ReadyAsync();
        return await database.RunAsync(what, async (connection, stop) =>
        {
            await using var command = connection.Command(sql, Key(stateName, grainId));
            await using var rows = await command.ExecuteReaderAsync(stop);
            return await rows.ReadAsync(stop)
                ? (rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetFieldValue<byte[]>(1))
                : ((long?)null, (byte[]?)null);
        });
    }

    private (string, object?)[] Key(string stateName, GrainId grainId) =>
        [("service", options.Value.ServiceId), ("type", grainId.Type.ToString()), ("id", grainId.Key.ToString()), ("name", stateName)];

    private InconsistentStateException Conflict(string what, string stateName, GrainId grainId, string? known, string? stored, Exception? cause)
    {
        logger.StateConflict(what, grainId, stateName, known, stored);
        return new($"{what}: {grainId} ({stateName}) knows version {known ?? "none"}, but stored is {stored ?? "none"}.", stored, known, cause);
    }

    private T NewState<T>() => activators.GetActivator<T>().Create();

    private static string? Text(long? version) => version?.ToString(CultureInfo.InvariantCulture);
}
