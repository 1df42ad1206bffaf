using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>
/// Who belongs to the cluster. Every change of a row also moves the table's version, whose row is locked first: so changes of one cluster happen one
/// after the other, whichever silo makes them. A row's ETag is the table's version that came with its last change, hence never the same twice.
/// </summary>
internal sealed class PostgresMembershipTable(PostgresDatabase database, IOptions<ClusterOptions> options) : IMembershipTable
{
    private const string Insert = """
        INSERT INTO neurotrails_membership
            (cluster_id, silo, etag, write_id, status, silo_name, host_name, proxy_port, role_name, update_zone, fault_zone, suspects, start_time, i_am_alive)
        VALUES (@cluster, @silo, @next, @write_id, @status, @silo_name, @host_name, @proxy_port, @role_name, @update_zone, @fault_zone, @suspects, @start_time, @i_am_alive)
        ON CONFLICT DO NOTHING
        """;

    private const string Update = """
        UPDATE neurotrails_membership
        SET etag = @next, write_id = @write_id, status = @status, silo_name = @silo_name, host_name = @host_name, proxy_port = @proxy_port, role_name = @role_name,
            update_zone = @update_zone, fault_zone = @fault_zone, suspects = @suspects, start_time = @start_time, i_am_alive = @i_am_alive
        WHERE cluster_id = @cluster AND silo = @silo AND etag = @etag
        """;

    private const string Alive = "UPDATE neurotrails_membership SET i_am_alive = @time WHERE cluster_id = @cluster AND silo = @silo";
    private const string Lock = "SELECT version FROM neurotrails_membership_version WHERE cluster_id = @cluster FOR UPDATE";
    private const string Advance = "UPDATE neurotrails_membership_version SET version = @next WHERE cluster_id = @cluster";
    private const string IsWritten = "SELECT count(*) FROM neurotrails_membership WHERE cluster_id = @cluster AND silo = @silo AND write_id = @write_id";

    // One statement sees one state of the database: version and rows belong together.
    private const string Select = $"""
        SELECT v.version, {PostgresMembershipRow.Columns}
        FROM neurotrails_membership_version v LEFT JOIN neurotrails_membership m ON m.cluster_id = v.cluster_id AND (@silo::text IS NULL OR m.silo = @silo::text)
        WHERE v.cluster_id = @cluster
        """;

    // Silos that are active may merely be unable to report; only the others' rows are left-overs.
    private const string Cleanup = """
        DELETE FROM neurotrails_membership
        WHERE cluster_id = @cluster AND status <> @active AND greatest(start_time, i_am_alive) < @before
        """;

    private readonly string _cluster = options.Value.ClusterId;

    /// <inheritdoc/>
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await database.ReadyAsync();
        if (tryInitTableVersion)
        {
            await ChangeAsync("making the table version", "INSERT INTO neurotrails_membership_version VALUES (@cluster, 0) ON CONFLICT DO NOTHING");
        }
    }

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => ReadAsync(null);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync(key.ToParsableString());

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => WriteAsync("a silo's entry", Insert, entry, null, tableVersion);

    /// <inheritdoc/>
    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
        => TryVersion(etag, out var known) && await WriteAsync("a silo's change", Update, entry, known, tableVersion);

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry)
        => ChangeAsync("a sign of life", Alive, ("silo", entry.SiloAddress.ToParsableString()), ("time", PostgresMembershipRow.Utc(entry.IAmAliveTime)));

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
        => ChangeAsync("removing left-overs", Cleanup, ("active", (int)SiloStatus.Active), ("before", beforeDate.UtcDateTime));

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => database.RunAsync("removing a cluster", async (connection, stop) =>
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // The version first, as everywhere, lest two transactions wait for one another.
        await connection.ChangeAsync("DELETE FROM neurotrails_membership_version WHERE cluster_id = @cluster", stop, ("cluster", clusterId));
        await connection.ChangeAsync("DELETE FROM neurotrails_membership WHERE cluster_id = @cluster", stop, ("cluster", clusterId));
        await transaction.CommitAsync(stop);
        return true;
    });

    private async Task<bool> WriteAsync(string what, string change, MembershipEntry entry, int? etag, TableVersion next)
    {
        if (!TryVersion(next.VersionEtag, out var known) || next.Version <= known)
        {
            return false;
        }

        var writeId = await database.NextWriteIdAsync();
        (string, object?)[] values = [("cluster", _cluster), ("next", next.Version), ("write_id", writeId), ("etag", etag), .. entry.Values()];
        return await database.RunAsync(what, async (connection, stop) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            if (await connection.AskAsync<int?>(Lock, stop, ("cluster", _cluster)) != known)
            {
                // Somebody else was first, or this write itself on an attempt whose answer was lost.
                return await connection.AskAsync<long>(IsWritten, stop, values) > 0;
            }

            if (await connection.ChangeAsync(change, stop, values) == 0)
            {
                return false;
            }

            await connection.ChangeAsync(Advance, stop, values);
            await transaction.CommitAsync(stop);
            return true;
        });
    }

    private Task<MembershipTableData> ReadAsync(string? silo) => database.RunAsync("reading the members", async (connection, stop) =>
    {
        var members = new List<Tuple<MembershipEntry, string>>();
        var version = 0;
        await using var command = connection.Command(Select, ("cluster", _cluster), ("silo", silo));
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            version = rows.GetInt32(0);
            if (!rows.IsDBNull(1))
            {
                members.Add(PostgresMembershipRow.Read(rows, 1));
            }
        }

        return new MembershipTableData(members, new(version, version.ToString(CultureInfo.InvariantCulture)));
    });

    private Task<int> ChangeAsync(string what, string sql, params (string, object?)[] values)
        => database.RunAsync(what, (connection, stop) => connection.ChangeAsync(sql, stop, [("cluster", _cluster), .. values]));

    private static bool TryVersion(string? etag, out int version) => int.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
