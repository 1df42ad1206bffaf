using System.Net;

namespace NeuroTrails.Grains.Wire;

/// <summary>
/// Bounds the connections of a port, for each address that they come from. Who has not said yet who it is has a short while for that, all
/// of it together; where there are too many of those, the oldest has to go, so that strangers who
/// only hold connections open keep nobody out.
/// </summary>
internal sealed class PeerLimits(TimeProvider time, int mostStrangers = 32, int mostOfOne = 512, TimeSpan? patience = null)
{
    private const int MostStrangersOfAll = 512;
    private readonly Dictionary<IPAddress, List<PeerVisit>> _peers = [];
    private readonly LinkedList<PeerVisit> _strangers = [];
    private readonly Lock _gate = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _peers.Values.Sum(visits => visits.Count);
            }
        }
    }

    // What to dispose of at its end; null where it may not come in.
    public PeerVisit? Enter(IPAddress peer, Action<string> end)
    {
        var visit = new PeerVisit(this, peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer, end);
        PeerVisit? oldest = null;
        lock (_gate)
        {
            if (!_peers.TryGetValue(visit.Peer, out var visits))
            {
                _peers[visit.Peer] = visits = [];
            }

            if (visits.Count(other => !other.IsStranger) >= mostOfOne)
            {
                return null;
            }

            if (visits.Count(other => other.IsStranger) >= mostStrangers)
            {
                oldest = visits.First(other => other.IsStranger);
            }
            else if (_strangers.Count >= MostStrangersOfAll)
            {
                oldest = _strangers.First!.Value;
            }

            if (oldest is not null)
            {
                Forget(oldest);
            }

            visits.Add(visit);
            _strangers.AddLast(visit);
        }

        oldest?.End("it had not said who it is when others came");
        visit.Expect(time, patience ?? TimeSpan.FromSeconds(10));
        return visit;
    }

    internal void Welcome(PeerVisit visit)
    {
        lock (_gate)
        {
            visit.IsStranger = false;
            _strangers.Remove(visit);
        }
    }

    internal void Leave(PeerVisit visit)
    {
        lock (_gate)
        {
            Forget(visit);
        }
    }

    private void Forget(PeerVisit visit)
    {
        _strangers.Remove(visit);
        if (_peers.TryGetValue(visit.Peer, out var visits) && visits.Remove(visit) && visits.Count == 0)
        {
            _peers.Remove(visit.Peer);
        }
    }
}

/// <summary>One connection, as <see cref="PeerLimits"/> counts it.</summary>
internal sealed class PeerVisit : IDisposable
{
    private readonly PeerLimits _limits;
    private readonly Action<string> _end;
    private readonly Lock _gate = new();
    private ITimer? _deadline;
    private bool _settled;

    internal PeerVisit(PeerLimits limits, IPAddress peer, Action<string> end) => (_limits, Peer, _end) = (limits, peer, end);

    internal IPAddress Peer { get; }

    // Whether it has not said yet who it is; under the limits' lock.
    internal bool IsStranger { get; set; } = true;

    public void Welcome()
    {
        Settle();
        _limits.Welcome(this);
    }

    public void Dispose()
    {
        Settle();
        _limits.Leave(this);
    }

    internal void End(string reason) => _end(reason);

    internal void Expect(TimeProvider time, TimeSpan patience)
    {
        lock (_gate)
        {
            if (!_settled)
            {
                _deadline = time.CreateTimer(_ => _end("it did not say in time who it is"), null, patience, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Settle()
    {
        lock (_gate)
        {
            _settled = true;
            _deadline?.Dispose();
        }
    }
}
