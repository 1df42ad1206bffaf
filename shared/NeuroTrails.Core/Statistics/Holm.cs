namespace NeuroTrails.Statistics;

/// <summary>Holm's step-down correction: of several tests together, one or more are false alarms with no more than the probability asked
/// for.</summary>
public static class Holm
{
    /// <summary>Corrects the p values of a family of tests.</summary>
    /// <param name="values">p values, 0 to 1 each.</param>
    /// <returns>Corrected p values in the same order; compare each with the level directly.</returns>
    public static IReadOnlyList<double> Correct(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var corrected = new double[values.Count];
        var most = 0.0;
        foreach (var (rank, (index, value)) in values.Index().OrderBy(pair => pair.Item).Index())
        {
            most = Math.Max(most, Math.Min(1, value * (values.Count - rank)));
            corrected[index] = most;
        }

        return corrected;
    }
}
