using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster.Postgres;

internal static partial class PostgresLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL: {What} failed ({Reason}); trying again in {Pause}")]
    public static partial void TryingAgain(this ILogger logger, string what, string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL at {Host}:{Port}: tables are there; this process writes as number {Writer}")]
    public static partial void Ready(this ILogger logger, string? host, int port, long writer);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{What} of {GrainId} ({StateName}) refused: it knows version {Known}, stored is {Stored}")]
    public static partial void StateConflict(this ILogger logger, string what, GrainId grainId, string stateName, string? known, string? stored);
}
