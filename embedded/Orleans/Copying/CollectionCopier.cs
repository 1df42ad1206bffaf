using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Runtime;

/// <summary>Copies the collections of the framework by rebuilding them from copies of their items.</summary>
internal static class CollectionCopier
{
    private static readonly FrozenDictionary<Type, Type> Copiers = new Dictionary<Type, Type>
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(SortedSet<>)] = typeof(SortedSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Stack<>)] = typeof(StackCopier<>),
        [typeof(LinkedList<>)] = typeof(LinkedListCopier<>),
        [typeof(Collection<>)] = typeof(CollectionOfCopier<>),
        [typeof(ReadOnlyCollection<>)] = typeof(ReadOnlyCollectionCopier<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCopier<>),
        [typeof(Memory<>)] = typeof(MemoryCopier<>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadOnlyMemoryCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCopier<,>),
        [typeof(SortedList<,>)] = typeof(SortedListCopier<,>),
        [typeof(ConcurrentDictionary<,>)] = typeof(ConcurrentDictionaryCopier<,>),
        [typeof(ReadOnlyDictionary<,>)] = typeof(ReadOnlyDictionaryCopier<,>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCopier<,>),
        [typeof(KeyValuePair<,>)] = typeof(PairCopier<,>),
    }.ToFrozenDictionary();

    public static TypeCopier? TryCreate(Type type)
        => type.IsGenericType && Copiers.TryGetValue(type.GetGenericTypeDefinition(), out var copier)
            ? (TypeCopier)Activator.CreateInstance(copier.MakeGenericType(type.GetGenericArguments()))!
            : null;

    public static bool IsKnown(Type genericDefinition) => Copiers.ContainsKey(genericDefinition);
}
