using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster;

/// <summary>What a silo writes to its log.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The cluster grain did not hear that silos have come or gone; it is told again in a second"
    )]
    public static partial void Unheard(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer: {Reason}")]
    public static partial void NoRedis(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "This silo ends: {Reason}")]
    public static partial void Doomed(ILogger logger, string reason, Exception? fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Peer}: {Reason}")]
    public static partial void Refused(ILogger logger, string peer, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Peer}: {Reason}; and {Unsaid} times before, since the last such line")]
    public static partial void RefusedAgain(ILogger logger, string peer, string reason, int unsaid);
}
