namespace NeuroTrails.Silo;

/// <summary>What repeats itself is told once a minute, with a count. Kinds can be many, memory is not. Callers take turns.</summary>
internal sealed class OncePerMinute(TimeProvider time, int mostKinds)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, (long Said, int Unsaid)> _kinds = new(StringComparer.Ordinal);

    // How often it was not told since it last was; null where it is not to be told now.
    public int? Unsaid(string kind)
    {
        if (_kinds.TryGetValue(kind, out var known) && time.GetElapsedTime(known.Said) < Interval)
        {
            _kinds[kind] = known with { Unsaid = known.Unsaid + 1 };
            return null;
        }

        if (_kinds.Count >= mostKinds)
        {
            _kinds.Remove(_kinds.MinBy(entry => entry.Value.Said).Key);
        }

        _kinds[kind] = (time.GetTimestamp(), 0);
        return known.Unsaid;
    }
}
