using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster;

/// <summary>What a silo writes to its log.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster did not hear this silo's pulse; the next one follows in a second")]
    public static partial void PulseFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "This silo ends: {Reason}")]
    public static partial void Doomed(ILogger logger, string reason, Exception? fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a peer: the certificate of {Subject} {Fault}")]
    public static partial void PeerRefused(ILogger logger, string subject, string fault);
}
