namespace NeuroTrails.Data;

/// <summary>Fisher–Yates, from the last position down.</summary>
internal static class Shuffle
{
    public static int[] Permutation(int count, CounterRandom random)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (var i = count - 1; i > 0; i--)
        {
            var j = random.NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
