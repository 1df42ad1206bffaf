namespace NeuroTrails.Configuration;

/// <summary>
/// What values a setting may take. Stated once on the option's property; validation, error messages and the table in
/// <c>docs/configuration.md</c> all come from it. On a list it holds for every item.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AllowedAttribute : Attribute
{
    /// <summary>Smallest value allowed; not a number where there is no such bound.</summary>
    public double AtLeast { get; init; } = double.NaN;

    /// <summary>Values must be larger than this; not a number where there is no such bound.</summary>
    public double Above { get; init; } = double.NaN;

    /// <summary>Largest value allowed; not a number where there is no such bound.</summary>
    public double AtMost { get; init; } = double.NaN;

    /// <summary>Values must be smaller than this; not a number where there is no such bound.</summary>
    public double Below { get; init; } = double.NaN;

    /// <summary>The texts allowed; empty where any is.</summary>
    public string[] OneOf { get; init; } = [];

    /// <summary>Fewest items of a list. Default 0.</summary>
    public int MinItems { get; init; }

    /// <summary>Most items of a list. Default: no bound.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>Whether a number keeps within the bounds.</summary>
    /// <param name="value">The number.</param>
    public bool Admits(double value) =>
        double.IsFinite(value) && !(value < AtLeast) && !(value <= Above) && !(value > AtMost) && !(value >= Below);
}
