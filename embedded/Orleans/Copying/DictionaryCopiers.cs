using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Runtime;

internal abstract class PairsCopier<T, TKey, TValue> : CollectionCopierOf<T>
    where T : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected static IEnumerable<KeyValuePair<TKey, TValue>> Pairs(T value, CopyContext context)
        => value.Select(pair => KeyValuePair.Create(Item(pair.Key, context), Item(pair.Value, context)));
}

internal sealed class DictionaryCopier<TKey, TValue> : PairsCopier<Dictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override Dictionary<TKey, TValue> Rebuild(
        Dictionary<TKey, TValue> value, CopyContext context, Action<Dictionary<TKey, TValue>> made)
    {
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        made(copy);
        foreach (var (key, item) in Pairs(value, context))
        {
            copy.Add(key, item);
        }

        return copy;
    }
}

internal sealed class SortedDictionaryCopier<TKey, TValue> : PairsCopier<SortedDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override SortedDictionary<TKey, TValue> Rebuild(
        SortedDictionary<TKey, TValue> value, CopyContext context, Action<SortedDictionary<TKey, TValue>> made)
    {
        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        made(copy);
        foreach (var (key, item) in Pairs(value, context))
        {
            copy.Add(key, item);
        }

        return copy;
    }
}

internal sealed class SortedListCopier<TKey, TValue> : PairsCopier<SortedList<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override SortedList<TKey, TValue> Rebuild(
        SortedList<TKey, TValue> value, CopyContext context, Action<SortedList<TKey, TValue>> made)
    {
        var copy = new SortedList<TKey, TValue>(value.Count, value.Comparer);
        made(copy);
        foreach (var (key, item) in Pairs(value, context))
        {
            copy.Add(key, item);
        }

        return copy;
    }
}

internal sealed class ConcurrentDictionaryCopier<TKey, TValue> : PairsCopier<ConcurrentDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override ConcurrentDictionary<TKey, TValue> Rebuild(
        ConcurrentDictionary<TKey, TValue> value, CopyContext context, Action<ConcurrentDictionary<TKey, TValue>> made)
        => new(Pairs(value, context), value.Comparer);
}

internal sealed class ReadOnlyDictionaryCopier<TKey, TValue> : PairsCopier<ReadOnlyDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override ReadOnlyDictionary<TKey, TValue> Rebuild(
        ReadOnlyDictionary<TKey, TValue> value, CopyContext context, Action<ReadOnlyDictionary<TKey, TValue>> made)
        => new(new Dictionary<TKey, TValue>(Pairs(value, context)));
}

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : PairsCopier<ImmutableDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override ImmutableDictionary<TKey, TValue> Rebuild(
        ImmutableDictionary<TKey, TValue> value, CopyContext context, Action<ImmutableDictionary<TKey, TValue>> made)
        => ImmutableDictionary.CreateRange(value.KeyComparer, value.ValueComparer, Pairs(value, context));
}

internal sealed class ImmutableSortedDictionaryCopier<TKey, TValue>
    : PairsCopier<ImmutableSortedDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override ImmutableSortedDictionary<TKey, TValue> Rebuild(
        ImmutableSortedDictionary<TKey, TValue> value, CopyContext context, Action<ImmutableSortedDictionary<TKey, TValue>> made)
        => ImmutableSortedDictionary.CreateRange(value.KeyComparer, value.ValueComparer, Pairs(value, context));
}

internal sealed class PairCopier<TKey, TValue> : CollectionCopierOf<KeyValuePair<TKey, TValue>>
{
    protected override KeyValuePair<TKey, TValue> Rebuild(
        KeyValuePair<TKey, TValue> value, CopyContext context, Action<KeyValuePair<TKey, TValue>> made)
        => new(Item(value.Key, context), Item(value.Value, context));
}
