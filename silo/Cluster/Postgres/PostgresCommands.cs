using Npgsql;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>Commands in one line.</summary>
internal static class PostgresCommands
{
    /// <summary>A command with its named values; null is SQL's NULL.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Changes rows; answers how many.</summary>
    public static Task<int> ChangeAsync(this NpgsqlConnection connection, string sql, CancellationToken stop, params ReadOnlySpan<(string Name, object? Value)> values)
        => ChangeAsync(connection.Command(sql, values), stop);

    /// <summary>The first column of the first row; the type's default where there is none.</summary>
    public static Task<T?> AskAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken stop, params ReadOnlySpan<(string Name, object? Value)> values)
        => AskAsync<T>(connection.Command(sql, values), stop);

    private static async Task<int> ChangeAsync(NpgsqlCommand command, CancellationToken stop)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(stop);
        }
    }

    private static async Task<T?> AskAsync<T>(NpgsqlCommand command, CancellationToken stop)
    {
        await using (command)
        {
            return await command.ExecuteScalarAsync(stop) is T value ? value : default;
        }
    }
}
