namespace NeuroTrails.Metrics;

/// <summary>What an evaluation found, over all its samples.</summary>
/// <param name="Count">Samples measured.</param>
/// <param name="Values">Figures of the ensemble by the metric's name, in the order of the catalogue; figures of diversity are absent with
/// one head.</param>
/// <param name="HeadValues">Figures of each head [M] by the metric's name.</param>
/// <param name="Confusion">Samples by true class, then by the class that the ensemble predicted [C·C]; null where they were not
/// counted.</param>
public sealed record EvaluationReport(
    long Count,
    IReadOnlyDictionary<string, double> Values,
    IReadOnlyDictionary<string, IReadOnlyList<double>> HeadValues,
    IReadOnlyList<long>? Confusion
)
{
    /// <summary>A figure of the ensemble; null where it is absent.</summary>
    /// <param name="name">The metric's name.</param>
    public double? this[string name] => Values.TryGetValue(name, out var value) ? value : null;
}
