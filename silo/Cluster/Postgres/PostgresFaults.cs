using System.Net.Sockets;
using Npgsql;

namespace NeuroTrails.Silo.Cluster.Postgres;

/// <summary>Tells faults that pass from those that a user must put right.</summary>
internal static class PostgresFaults
{
    /// <summary>True where the same operation may succeed a little later: the server restarts, the connection broke, a deadlock was resolved.</summary>
    public static bool IsPassing(Exception fault) => fault is NpgsqlException { IsTransient: true }
        // What Npgsql 10 throws where a connection broke while it was being opened (its issue 6415).
        or ObjectDisposedException
        // A server that is being stopped or has just been started, whatever the driver thinks of it.
        or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow };

    /// <summary>What a user can do about a fault at the first connection; null where it is none of the user's doing.</summary>
    public static UserErrorException? Explain(Exception fault, NpgsqlConnectionStringBuilder settings) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused => new(
            $"--postgres: {settings.Server()} refuses user `{settings.Username}`: {refused.MessageText}. Correct Username and Password.", fault),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new(
            $"--postgres: {settings.Server()} has no database `{settings.Database ?? settings.Username}`. Create it (createdb) or correct Database.", fault),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused => new(
            $"--postgres: user `{settings.Username}` may not make or use tables in database `{settings.Database}` of {settings.Server()}: {refused.MessageText}. "
            + "Grant CREATE on the schema, or name another Username.", fault),
        PostgresException refused => new($"--postgres: {settings.Server()} refuses: {refused.MessageText} ({refused.SqlState}).", fault),
        NpgsqlException when Cause<SocketException>(fault) is { } socket => new(
            $"--postgres: no PostgreSQL server answers at {settings.Server()} ({socket.Message}). Start it, or correct Host and Port.", fault),
        NpgsqlException when Cause<TimeoutException>(fault) is not null => new(
            $"--postgres: no PostgreSQL server answers at {settings.Server()} within {settings.Timeout} s. Start it, or correct Host, Port and Timeout.", fault),
        NpgsqlException => new($"--postgres: {settings.Server()} cannot be used: {fault.Message}", fault),
        _ => null,
    };

    private static T? Cause<T>(Exception? fault)
        where T : Exception
    {
        while (fault is not null and not T)
        {
            fault = fault.InnerException;
        }

        return (T?)fault;
    }
}
