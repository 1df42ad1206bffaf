namespace NeuroTrails.Metrics;

/// <summary>A metric as evaluations, files and displays know it: its names, and what measures it.</summary>
public sealed class MetricDefinition
{
    private readonly Func<int, IDiversityMetric>? _diversity;
    private readonly Func<IPredictionMetric>? _prediction;

    private MetricDefinition(
        string name,
        string title,
        string? unit,
        Func<IPredictionMetric>? prediction,
        Func<int, IDiversityMetric>? diversity
    ) => (Name, Title, Unit, _prediction, _diversity) = (name, title, unit, prediction, diversity);

    /// <summary>Key in files and JSON, in snake_case; a head's figure has <c>head_</c> before it.</summary>
    public string Name { get; }

    /// <summary>Name for people.</summary>
    public string Title { get; }

    /// <summary>Unit for people; null for a share or score.</summary>
    public string? Unit { get; }

    /// <summary>Whether every head is measured too.</summary>
    public bool OfHeads { get; private init; }

    /// <summary>Classes that there must be for it to say anything; it is absent where there are fewer.</summary>
    public int LeastClasses { get; private init; } = 1;

    /// <summary>Whether it says how much heads differ, and is absent for one head.</summary>
    public bool IsDiversity => _diversity is not null;

    /// <summary>A metric of predictions against the truth.</summary>
    /// <param name="name">Key, in snake_case.</param>
    /// <param name="title">Name for people.</param>
    /// <param name="create">Makes an empty one.</param>
    /// <param name="unit">Unit for people.</param>
    /// <param name="ofHeads">Whether every head is measured too.</param>
    /// <param name="leastClasses">Classes that there must be for it to say anything.</param>
    public static MetricDefinition OfPredictions(
        string name,
        string title,
        Func<IPredictionMetric> create,
        string? unit = null,
        bool ofHeads = false,
        int leastClasses = 1
    ) => new(name, title, unit, create, null) { OfHeads = ofHeads, LeastClasses = leastClasses };

    /// <summary>A metric of how much the heads differ.</summary>
    /// <param name="name">Key, in snake_case.</param>
    /// <param name="title">Name for people.</param>
    /// <param name="create">Makes an empty one for a number of heads.</param>
    /// <param name="unit">Unit for people.</param>
    public static MetricDefinition OfDiversity(string name, string title, Func<int, IDiversityMetric> create, string? unit = null) =>
        new(name, title, unit, null, create);

    internal IPredictionMetric NewPrediction() => _prediction!();

    internal IDiversityMetric NewDiversity(int heads) => _diversity!(heads);
}
