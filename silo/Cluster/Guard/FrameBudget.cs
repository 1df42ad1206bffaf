namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>
/// Bounds what messages that are not done may take, of all connections together: where it is too much, the connection whose message has
/// been coming for longest has to go. Orleans keeps the memory of its connections for as long as the process lives, so that this is also
/// the most that strangers can make a silo grow by.
/// </summary>
internal sealed class FrameBudget(long most = FrameBudget.UsualBytes)
{
    // Room for a few of the largest messages.
    public const long UsualBytes = 4L * FrameRules.MostSiloBytes;

    // What everybody may hold at any time need not be counted at each read.
    private const long Small = 64 << 10;
    private readonly Dictionary<FrameReader, (long Since, long Bytes)> _holders = [];
    private readonly Lock _gate = new();
    private long _held;
    private long _clock;

    public long HeldBytes => Interlocked.Read(ref _held);

    public void Holds(FrameReader connection, long bytes)
    {
        FrameReader? oldest = null;
        lock (_gate)
        {
            var isKnown = _holders.TryGetValue(connection, out var known);
            if (!isKnown && bytes < Small)
            {
                return;
            }

            _held += bytes - known.Bytes;
            if (bytes == 0)
            {
                _holders.Remove(connection);
                return;
            }

            _holders[connection] = (isKnown ? known.Since : ++_clock, bytes);
            if (_held > most)
            {
                oldest = _holders.MinBy(holder => holder.Value.Since).Key;
            }
        }

        oldest?.Refuse("its message did not get done while others needed the memory");
    }

    public void Forget(FrameReader connection)
    {
        lock (_gate)
        {
            if (_holders.Remove(connection, out var known))
            {
                _held -= known.Bytes;
            }
        }
    }
}
