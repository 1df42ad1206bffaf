namespace NeuroTrails.Data;

/// <summary>Takes part of a set without losing a class.</summary>
internal static class BalancedLimit
{
    // The first samples of each class, as many of one as of another as far as they go, in the order of the whole.
    public static IDataSet First(IDataSet data, int limit)
    {
        if (limit == 0 || limit >= data.Count)
        {
            return data;
        }

        // How many of its class come before a sample: all first ones, then all second ones, and so on.
        var seen = new int[data.Classes];
        var ranks = new int[data.Count];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = seen[data.Label(i)]++;
        }

        return new SubsetDataSet(data.Name, data, [.. Enumerable.Range(0, data.Count).OrderBy(i => ranks[i]).Take(limit).Order()]);
    }
}
