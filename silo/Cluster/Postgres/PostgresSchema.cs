using Npgsql;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>The tables. The first silo makes them; they live in the schema that the connection's search path names first.</summary>
internal static class PostgresSchema
{
    // "NeuroTra" in ASCII: any number will do that no other user of the database takes.
    private const long LockKey = 0x4E65_7572_6F54_7261;

    // Asked for first, so that a user without the right to create tables can use those that are there.
    private const string AreThere = """
        SELECT to_regclass('neurotrails_membership_version') IS NOT NULL AND to_regclass('neurotrails_membership') IS NOT NULL
           AND to_regclass('neurotrails_grain_state') IS NOT NULL AND to_regclass('neurotrails_writer') IS NOT NULL
        """;

    private const string Create = """
        CREATE SEQUENCE IF NOT EXISTS neurotrails_writer;
        CREATE TABLE IF NOT EXISTS neurotrails_membership_version (
            cluster_id text PRIMARY KEY,
            version integer NOT NULL);
        CREATE TABLE IF NOT EXISTS neurotrails_membership (
            cluster_id text NOT NULL,
            silo text NOT NULL,
            etag integer NOT NULL,
            write_id bigint NOT NULL,
            status integer NOT NULL,
            silo_name text NOT NULL,
            host_name text NOT NULL,
            proxy_port integer NOT NULL,
            role_name text,
            update_zone integer NOT NULL,
            fault_zone integer NOT NULL,
            suspects text[] NOT NULL,
            start_time timestamptz NOT NULL,
            i_am_alive timestamptz NOT NULL,
            PRIMARY KEY (cluster_id, silo));
        CREATE TABLE IF NOT EXISTS neurotrails_grain_state (
            service_id text NOT NULL,
            grain_type text NOT NULL,
            grain_id text NOT NULL,
            state_name text NOT NULL,
            version bigint NOT NULL,
            write_id bigint NOT NULL,
            payload bytea,
            PRIMARY KEY (service_id, grain_type, grain_id, state_name));
        """;

    /// <summary>Makes the tables where they are missing; any number of silos may do so at once.</summary>
    public static async Task<bool> EnsureAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (await connection.AskAsync<bool>(AreThere, stop))
        {
            return false;
        }

        // IF NOT EXISTS alone does not do: two that look at once both find nothing, and the second fails on the catalogue's unique index.
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ChangeAsync("SELECT pg_advisory_xact_lock(@key)", stop, ("key", LockKey));
        await connection.ChangeAsync(Create, stop);
        await transaction.CommitAsync(stop);
        return true;
    }
}
