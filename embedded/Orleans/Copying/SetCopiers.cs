using System.Collections.Immutable;

namespace Orleans.Runtime;

internal sealed class HashSetCopier<T> : CollectionCopierOf<HashSet<T>>
{
    protected override HashSet<T> Rebuild(HashSet<T> value, CopyContext context, Action<HashSet<T>> made)
    {
        var copy = new HashSet<T>(value.Count, value.Comparer);
        made(copy);
        foreach (var item in value)
        {
            copy.Add(Item(item, context));
        }

        return copy;
    }
}

internal sealed class SortedSetCopier<T> : CollectionCopierOf<SortedSet<T>>
{
    protected override SortedSet<T> Rebuild(SortedSet<T> value, CopyContext context, Action<SortedSet<T>> made)
        => new(value.Select(item => Item(item, context)), value.Comparer);
}

internal sealed class ImmutableHashSetCopier<T> : CollectionCopierOf<ImmutableHashSet<T>>
{
    protected override ImmutableHashSet<T> Rebuild(
        ImmutableHashSet<T> value, CopyContext context, Action<ImmutableHashSet<T>> made)
        => ImmutableHashSet.CreateRange(value.KeyComparer, value.Select(item => Item(item, context)));
}
