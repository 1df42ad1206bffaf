namespace NeuroTrails.Statistics;

/// <summary>What is best at its price: nothing else costs no more and is worth no less, being better in one of the two.</summary>
public static class ParetoFront
{
    /// <summary>The front of some points.</summary>
    /// <param name="points">Cost and worth of each; none is NaN.</param>
    /// <returns>Indices of the points on the front, by rising cost; equal points are all on it, or none.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<(double Cost, double Worth)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var front = new List<int>();
        var best = double.NegativeInfinity;
        foreach (var price in points.Index().GroupBy(point => point.Item.Cost).OrderBy(group => group.Key))
        {
            var most = price.Max(point => point.Item.Worth);
            if (most > best)
            {
                best = most;
                front.AddRange(price.Where(point => point.Item.Worth == most).Select(point => point.Index));
            }
        }

        return front;
    }
}
