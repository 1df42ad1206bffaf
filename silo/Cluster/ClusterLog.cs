using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster;

internal static partial class ClusterLog
{
    [LoggerMessage(LogLevel.Warning, "The cluster grain did not hear that silos have come or gone; it is told again in a second")]
    public static partial void Unheard(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Warning, "Redis does not answer: {Reason}")]
    public static partial void NoRedis(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "This silo ends: {Reason}")]
    public static partial void Doomed(ILogger logger, string reason, Exception? fault);

    [LoggerMessage(LogLevel.Warning, "Refused {Peer}: {Reason}")]
    public static partial void Refused(ILogger logger, string peer, string reason);

    [LoggerMessage(LogLevel.Warning, "Refused {Peer}: {Reason}; and {Unsaid} times before, since the last such line")]
    public static partial void RefusedAgain(ILogger logger, string peer, string reason, int unsaid);
}
