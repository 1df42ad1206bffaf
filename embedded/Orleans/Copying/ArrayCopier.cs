namespace Orleans.Runtime;

/// <summary>Copies arrays of any rank; where the elements are immutable, all at once.</summary>
internal sealed class ArrayCopier(Type elementType) : TypeCopier
{
    private readonly bool _whole = SharedTypes.IsShared(elementType) && (elementType.IsValueType || elementType.IsSealed);

    public override object Copy(object value, CopyContext context)
    {
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = (Array)((Array)value).Clone();
        context.Remember(value, copy);
        if (_whole)
        {
            return copy;
        }

        if (copy is object?[] items)
        {
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = context.CopyOrNull(items[i]);
            }

            return copy;
        }

        var index = new int[copy.Rank];
        Walk(copy, index, 0, context);
        return copy;
    }

    private static void Walk(Array copy, int[] index, int dimension, CopyContext context)
    {
        for (var i = copy.GetLowerBound(dimension); i <= copy.GetUpperBound(dimension); i++)
        {
            index[dimension] = i;
            if (dimension + 1 < copy.Rank)
            {
                Walk(copy, index, dimension + 1, context);
            }
            else
            {
                copy.SetValue(context.CopyOrNull(copy.GetValue(index)), index);
            }
        }
    }
}
