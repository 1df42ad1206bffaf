namespace Orleans.Runtime;

/// <summary>Values that travel along with the calls of one flow.</summary>
public static class RequestContext
{
    private const string ReentrancyKey = "#CCR";

    // Never changed in place: messages share the dictionary.
    private static readonly AsyncLocal<Dictionary<string, object>?> Values = new();

    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
            {
                Remove(ReentrancyKey);
            }
            else
            {
                Set(ReentrancyKey, value);
            }
        }
    }

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries
        => Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    internal static Dictionary<string, object>? Current
    {
        get => Values.Value;
        set
        {
            if (!ReferenceEquals(Values.Value, value))
            {
                Values.Value = value;
            }
        }
    }

    public static object? Get(string key) => Values.Value?.GetValueOrDefault(key);

    public static void Set(string key, object value)
    {
        var old = Values.Value;
        Values.Value = old is null ? new() { [key] = value } : new(old) { [key] = value };
    }

    public static bool Remove(string key)
    {
        if (Values.Value is not { } old || !old.ContainsKey(key))
        {
            return false;
        }

        var left = new Dictionary<string, object>(old);
        left.Remove(key);
        Values.Value = left.Count == 0 ? null : left;
        return true;
    }

    public static void Clear() => Current = null;

    /// <summary>Lets calls that come back to this grain along this chain run while it waits for them.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var current = ReentrancyId;
        return new(current, current == Guid.Empty ? Guid.NewGuid() : current);
    }

    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    internal static Guid ReentrancyIdOf(Dictionary<string, object>? values)
        => values is not null && values.TryGetValue(ReentrancyKey, out var id) && id is Guid guid ? guid : Guid.Empty;

    /// <summary>While it lives, calls along this chain are let in, or not.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _entered;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _entered = newReentrancyId;
            if (_entered != _original)
            {
                ReentrancyId = _entered;
            }

            if (_entered != Guid.Empty)
            {
                RuntimeContext.CurrentActivation?.EnterReentrantSection(_entered);
            }
        }

        public void Dispose()
        {
            if (_entered != Guid.Empty)
            {
                RuntimeContext.CurrentActivation?.ExitReentrantSection(_entered);
            }

            if (_entered != _original)
            {
                ReentrancyId = _original;
            }
        }
    }
}
