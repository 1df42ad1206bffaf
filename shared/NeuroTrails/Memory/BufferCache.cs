namespace NeuroTrails.Memory;

/// <summary>
/// Large buffers that are kept when they are freed, for the next ones of about the same size. A training step asks for the same buffers
/// again and again: given back to the system they would have to be filled with zeros anew, page by page, each time.
/// </summary>
/// <remarks>
/// What is kept is bounded: buffers in use and kept together never exceed <see cref="Headroom"/> times the most that was in use, and
/// <see cref="Slack"/>. Any thread may call.
/// </remarks>
/// <param name="map">Gets a buffer of so many bytes from the system; 0 where it has none.</param>
/// <param name="unmap">Gives a buffer of so many bytes back.</param>
public sealed class BufferCache(Func<nint, nint> map, Action<nint, nint> unmap)
{
    /// <summary>Buffers in use and kept may take this times the most that was ever in use.</summary>
    public const double Headroom = 1.125;

    /// <summary>And so many bytes more.</summary>
    public const long Slack = 32L << 20;

    // A kept buffer serves requests down to 7/8 of its size.
    private const int Tolerance = 8;
    private const nint Granule = 64 << 10;

    // More than any machine has: sums of such sizes cannot overflow, and nothing may be thrown at libtorch.
    private const long MostBytes = 1L << 46;
    private readonly Lock _lock = new();
    private readonly Dictionary<nint, nint> _used = [];

    // By size; of equal sizes the one freed last comes last, for it is still in the processor's cache.
    private readonly List<Kept> _kept = [];
    private long _turn;

    /// <summary>Bytes of buffers in use.</summary>
    public long Used { get; private set; }

    /// <summary>Bytes of buffers kept for later.</summary>
    public long Idle { get; private set; }

    /// <summary>The most bytes that were in use at once since <see cref="Trim"/>.</summary>
    public long Peak { get; private set; }

    /// <summary>A buffer of at least that size, its contents undefined.</summary>
    /// <param name="bytes">Size, 1 to 2^46.</param>
    /// <returns>Its address, or 0 where the system has no memory, or the size is not allowed.</returns>
    public nint Take(nint bytes)
    {
        if (bytes < 1 || bytes > MostBytes)
        {
            return 0;
        }

        lock (_lock)
        {
            var size = (bytes + Granule - 1) / Granule * Granule;
            var address = TakeKept(ref size);
            if (address == 0)
            {
                MakeRoom(size);
                address = map(size);
                if (address == 0)
                {
                    // What is kept may be what is missing.
                    Release(0);
                    address = map(size);
                }
            }

            if (address != 0)
            {
                _used.Add(address, size);
                Used += size;
                Peak = Math.Max(Peak, Used);
            }

            return address;
        }
    }

    /// <summary>Keeps a buffer for later, or gives it back.</summary>
    /// <param name="address">What <see cref="Take"/> answered.</param>
    /// <returns>False where it is none of these buffers.</returns>
    public bool Return(nint address)
    {
        lock (_lock)
        {
            if (!_used.Remove(address, out var size))
            {
                return false;
            }

            Used -= size;
            Idle += size;
            Kept kept = new(size, ++_turn, address);
            _kept.Insert(~_kept.BinarySearch(kept), kept);
            MakeRoom(0);
            return true;
        }
    }

    /// <summary>Gives back all that is kept, and counts the peak anew.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            Release(0);
            Peak = Used;
        }
    }

    private nint TakeKept(ref nint size)
    {
        var at = ~_kept.BinarySearch(new(size, 0, 0));
        if (at == _kept.Count || _kept[at].Size > size + (size / Tolerance))
        {
            return 0;
        }

        // The last of those with this size.
        size = _kept[at].Size;
        at = ~_kept.BinarySearch(new(size, long.MaxValue, 0)) - 1;
        var address = _kept[at].Address;
        _kept.RemoveAt(at);
        Idle -= size;
        return address;
    }

    private void MakeRoom(nint size) => Release((long)(Headroom * Math.Max(Peak, Used + size)) + Slack - Used - size);

    // The longest unused first.
    private void Release(long most)
    {
        while (Idle > Math.Max(0, most))
        {
            var oldest = 0;
            for (var i = 1; i < _kept.Count; i++)
            {
                oldest = _kept[i].Turn < _kept[oldest].Turn ? i : oldest;
            }

            unmap(_kept[oldest].Address, _kept[oldest].Size);
            Idle -= _kept[oldest].Size;
            _kept.RemoveAt(oldest);
        }
    }

    private readonly record struct Kept(nint Size, long Turn, nint Address) : IComparable<Kept>
    {
        public int CompareTo(Kept other) => Size != other.Size ? Size.CompareTo(other.Size) : Turn.CompareTo(other.Turn);
    }
}
