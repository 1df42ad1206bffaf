using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>What a run is made from, in two lines.</summary>
public static class DataHeader
{
    private const int MostClasses = 20;

    /// <summary>Samples of each split, shape and values; then the classes with the number of their training samples.</summary>
    /// <param name="record">What the run is made from.</param>
    public static IEnumerable<string> Of(DataRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var splits = new[] { (record.Train, "training"), (record.Validation, "validation"), (record.Test, "test") }
            .Where(split => split.Item1 is not null)
            .Select(split => $"{Count(split.Item1!.Samples)} {split.Item2}");
        var shape = record.SampleShape;
        if (record.IsText)
        {
            yield return $"data: {record.Name}, {string.Join(", ", splits)} windows of {Count(shape.Width)} tokens";
            var bytes = record.Classes == TextSplits.Vocabulary ? ", the bytes" : string.Empty;
            yield return $"vocabulary: {Count(record.Classes)} tokens{bytes}";
            yield break;
        }

        var form = shape.IsVector ? $"{Count(shape.Length)} value{(shape.Length == 1 ? "" : "s")}" : shape.ToString();
        yield return $"data: {record.Name}, {string.Join(", ", splits)} samples of {form}{Values(record, shape)}";
        yield return $"classes: {Count(record.Classes)}{Classes(record)}";
    }

    private static string Values(DataRecord record, SampleShape shape)
    {
        if (record.Range is not { } range || record.Normalisation is not { } constants)
        {
            return string.Empty;
        }

        var scaled = record.Scale == 1 ? string.Empty : $", divided by {ValueRange.Shown(record.Scale)}";
        var normalised =
            constants.Mean.All(mean => mean == 0) && constants.Deviation.All(deviation => deviation == 1) ? "not normalised"
            : shape.IsVector && shape.Length > 1 ? "each column normalised"
            : $"normalised by mean {Shown(constants.Mean)}, deviation {Shown(constants.Deviation)}";
        return $"; values {ValueRange.Shown(range.Lowest.Min() * record.Scale)} to "
            + $"{ValueRange.Shown(range.Highest.Max() * record.Scale)}{scaled}, {normalised}";
    }

    private static string Classes(DataRecord record)
    {
        if (record.Train.ClassCounts is not { } counts)
        {
            return string.Empty;
        }

        string Name(int label) => record.ClassNames is { } names ? names[label] : label.ToString(CultureInfo.InvariantCulture);
        return counts.Count > MostClasses
            ? $", with {Count(counts.Min())} to {Count(counts.Max())} training samples each"
            : $" ({string.Join(", ", counts.Select((count, label) => $"{Name(label)} {Count(count)}"))})";
    }

    private static string Shown(IReadOnlyList<float> values) =>
        string.Join(" ", values.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture)));

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
