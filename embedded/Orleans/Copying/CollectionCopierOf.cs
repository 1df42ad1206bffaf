namespace Orleans.Runtime;

/// <summary>A collection that is copied by making one and copying items.</summary>
/// <typeparam name="T">The collection.</typeparam>
internal abstract class CollectionCopierOf<T> : TypeCopier
    where T : notnull
{
    public sealed override object Copy(object value, CopyContext context)
    {
        if (typeof(T).IsValueType)
        {
            return Rebuild((T)value, context, static _ => { });
        }

        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = Rebuild((T)value, context, early => context.Remember(value, early));
        context.Remember(value, copy);
        return copy;
    }

    /// <summary>Makes the copy; calls <paramref name="made"/> before items are copied where that is possible, for cycles.</summary>
    protected abstract T Rebuild(T value, CopyContext context, Action<T> made);

    protected static TItem Item<TItem>(TItem item, CopyContext context)
        => item is null ? item : (TItem)context.Copy(item);
}
