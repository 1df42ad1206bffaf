using Microsoft.Extensions.Logging;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>Says of a peer that it was refused: at once, and then at most once a minute with a
/// count, lest strangers fill the disk.</summary>
/// <param name="logger">Log.</param>
/// <param name="time">Clock.</param>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Addresses can be many, memory for them is not.
    private const int MostPeers = 1024;
    private readonly Dictionary<string, (long Said, int Unsaid)> _peers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>A peer was refused.</summary>
    /// <param name="peer">Its address or name.</param>
    /// <param name="reason">Why, after "refused … because".</param>
    public void Refused(string peer, string reason)
    {
        int unsaid;
        lock (_gate)
        {
            if (_peers.TryGetValue(peer, out var known) && time.GetElapsedTime(known.Said) < Interval)
            {
                _peers[peer] = known with { Unsaid = known.Unsaid + 1 };
                return;
            }

            if (_peers.Count >= MostPeers)
            {
                _peers.Remove(_peers.MinBy(entry => entry.Value.Said).Key);
            }

            unsaid = known.Unsaid;
            _peers[peer] = (time.GetTimestamp(), 0);
        }

        if (unsaid == 0)
        {
            ClusterLog.Refused(logger, peer, reason);
        }
        else
        {
            ClusterLog.RefusedAgain(logger, peer, reason, unsaid);
        }
    }
}
