using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>Says of a peer that it was refused: at once, and then at most once a minute with a
/// count, lest strangers fill the disk.</summary>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    private readonly OncePerMinute _peers = new(time, mostKinds: 1024);
    private readonly Lock _gate = new();

    public void Refused(string peer, string reason)
    {
        int? unsaid;
        lock (_gate)
        {
            unsaid = _peers.Unsaid(peer);
        }

        if (unsaid == 0)
        {
            ClusterLog.Refused(logger, peer, reason);
        }
        else if (unsaid is { } times)
        {
            ClusterLog.RefusedAgain(logger, peer, reason, times);
        }
    }
}
