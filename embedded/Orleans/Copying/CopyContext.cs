using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>One copy in progress. Remembers what was copied, so that shared parts stay shared and cycles end.</summary>
internal sealed class CopyContext(ConcurrentDictionary<Type, TypeCopier> copiers, bool lenient)
{
    private Dictionary<object, object>? _copies;

    public object Copy(object value)
    {
        var type = value.GetType();
        var copier = copiers.TryGetValue(type, out var known) ? known : copiers.GetOrAdd(type, t => TypeCopier.For(t, lenient));
        return copier.Copy(value, this);
    }

    public object? CopyOrNull(object? value) => value is null ? null : Copy(value);

    public bool TryGetCopy(object original, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out object copy)
    {
        copy = null;
        return _copies is not null && _copies.TryGetValue(original, out copy);
    }

    public void Remember(object original, object copy)
        => (_copies ??= new(ReferenceEqualityComparer.Instance))[original] = copy;
}
