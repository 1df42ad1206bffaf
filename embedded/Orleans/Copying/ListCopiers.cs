using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Runtime;

internal sealed class ListCopier<T> : CollectionCopierOf<List<T>>
{
    private readonly bool _whole = SharedTypes.IsShared(typeof(T)) && (typeof(T).IsValueType || typeof(T).IsSealed);

    protected override List<T> Rebuild(List<T> value, CopyContext context, Action<List<T>> made)
    {
        if (_whole)
        {
            return [.. value];
        }

        var copy = new List<T>(value.Count);
        made(copy);
        foreach (var item in value)
        {
            copy.Add(Item(item, context));
        }

        return copy;
    }
}

internal sealed class CollectionOfCopier<T> : CollectionCopierOf<Collection<T>>
{
    protected override Collection<T> Rebuild(Collection<T> value, CopyContext context, Action<Collection<T>> made)
    {
        var copy = new Collection<T>();
        made(copy);
        foreach (var item in value)
        {
            copy.Add(Item(item, context));
        }

        return copy;
    }
}

internal sealed class ReadOnlyCollectionCopier<T> : CollectionCopierOf<ReadOnlyCollection<T>>
{
    protected override ReadOnlyCollection<T> Rebuild(
        ReadOnlyCollection<T> value, CopyContext context, Action<ReadOnlyCollection<T>> made)
        => new([.. value.Select(item => Item(item, context))]);
}

internal sealed class LinkedListCopier<T> : CollectionCopierOf<LinkedList<T>>
{
    protected override LinkedList<T> Rebuild(LinkedList<T> value, CopyContext context, Action<LinkedList<T>> made)
        => new(value.Select(item => Item(item, context)));
}

internal sealed class QueueCopier<T> : CollectionCopierOf<Queue<T>>
{
    protected override Queue<T> Rebuild(Queue<T> value, CopyContext context, Action<Queue<T>> made)
        => new(value.Select(item => Item(item, context)));
}

internal sealed class StackCopier<T> : CollectionCopierOf<Stack<T>>
{
    protected override Stack<T> Rebuild(Stack<T> value, CopyContext context, Action<Stack<T>> made)
        => new(value.Reverse().Select(item => Item(item, context)));
}

internal sealed class ImmutableListCopier<T> : CollectionCopierOf<ImmutableList<T>>
{
    protected override ImmutableList<T> Rebuild(ImmutableList<T> value, CopyContext context, Action<ImmutableList<T>> made)
        => [.. value.Select(item => Item(item, context))];
}

internal sealed class ImmutableArrayCopier<T> : CollectionCopierOf<ImmutableArray<T>>
{
    protected override ImmutableArray<T> Rebuild(ImmutableArray<T> value, CopyContext context, Action<ImmutableArray<T>> made)
        => value.IsDefault ? value : [.. value.Select(item => Item(item, context))];
}

internal sealed class MemoryCopier<T> : CollectionCopierOf<Memory<T>>
{
    protected override Memory<T> Rebuild(Memory<T> value, CopyContext context, Action<Memory<T>> made)
        => Array.ConvertAll(value.ToArray(), item => Item(item, context));
}

internal sealed class ReadOnlyMemoryCopier<T> : CollectionCopierOf<ReadOnlyMemory<T>>
{
    protected override ReadOnlyMemory<T> Rebuild(ReadOnlyMemory<T> value, CopyContext context, Action<ReadOnlyMemory<T>> made)
        => Array.ConvertAll(value.ToArray(), item => Item(item, context));
}
