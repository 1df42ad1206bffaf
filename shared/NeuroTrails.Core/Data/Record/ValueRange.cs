using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>Lowest and highest value of each channel of images, or of each column of vectors.</summary>
/// <param name="Lowest">Lowest values, [C] or [W].</param>
/// <param name="Highest">Highest values, of the same length.</param>
public sealed record ValueRange(IReadOnlyList<float> Lowest, IReadOnlyList<float> Highest)
{
    private const int MostSamples = 5000;

    // Images as dark as this share of what training had are rather in another unit.
    private const float LeastShare = 1 / 20f;

    /// <summary>Over all samples of vectors, at most 5,000 evenly spaced ones of images; image files, which are not all decoded for this,
    /// may have any value from 0 to 1.</summary>
    /// <param name="data">The samples.</param>
    public static ValueRange Of(IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var shape = data.Shape;
        var channels = shape.IsVector ? shape.Length : shape.Channels;
        if (SubsetDataSet.Resolve(data, 0).Data is IVariableImages)
        {
            return new(new float[channels], [.. Enumerable.Repeat(1f, channels)]);
        }

        var samples = shape.IsVector ? data.Count : Math.Min(data.Count, MostSamples);
        var range = new Builder(shape);
        var values = new float[shape.Length];
        for (var i = 0; i < samples; i++)
        {
            data.Read((int)((long)i * data.Count / samples), values);
            if (Array.FindIndex(values, value => !float.IsFinite(value)) is var bad and >= 0)
            {
                throw DataError.Damaged(data.Name, $"the value {values[bad]} in sample {(long)i * data.Count / samples}", "finite values");
            }

            range.Add(values);
        }

        return range.Result();
    }

    /// <summary>What is remarkable of other values; null where they are such as training had.</summary>
    /// <param name="subject">Whose values: the test split's, a file's.</param>
    /// <param name="found">The other values.</param>
    /// <param name="scale">What stored values were divided by.</param>
    /// <param name="vectors">Whether samples are vectors.</param>
    public string? Remark(string subject, ValueRange found, double scale, bool vectors)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (!vectors)
        {
            var (lowest, highest) = (Lowest.Min(), Highest.Max());
            var (low, high) = (found.Lowest.Min(), found.Highest.Max());
            var width = highest - lowest;
            return IsFar(lowest, highest, low, high) || high - low < LeastShare * width
                ? $"{subject} has values from {Shown(low * scale)} to {Shown(high * scale)}; training had {Shown(lowest * scale)} to "
                    + $"{Shown(highest * scale)}"
                : null;
        }

        var columns = Enumerable
            .Range(0, Lowest.Count)
            .Where(column => IsFar(Lowest[column], Highest[column], found.Lowest[column], found.Highest[column]))
            .ToList();
        return columns is [var first, ..]
            ? $"{subject} has values from {Shown(found.Lowest[first])} to {Shown(found.Highest[first])} in value column {first + 1}; "
                + "training had "
                + $"{Shown(Lowest[first])} to {Shown(Highest[first])}"
                + (columns.Count > 1 ? $" (and so {columns.Count - 1} more)" : string.Empty)
            : null;
    }

    /// <summary>A value for people.</summary>
    /// <param name="value">The value.</param>
    public static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    // Beyond what training had by more than its whole width; where that is nothing, by more than a thousandth.
    private static bool IsFar(float lowest, float highest, float low, float high)
    {
        var width = Math.Max(highest - lowest, 1e-3f * Math.Max(Math.Abs(lowest), Math.Abs(highest)));
        return high > highest + width || low < lowest - width;
    }

    private sealed class Builder(SampleShape shape)
    {
        private readonly float[] _lowest = Filled(shape, float.PositiveInfinity);
        private readonly float[] _highest = Filled(shape, float.NegativeInfinity);

        public void Add(ReadOnlySpan<float> sample)
        {
            var plane = shape.IsVector ? 1 : shape.Plane;
            for (var part = 0; part < _lowest.Length; part++)
            {
                var (lowest, highest) = (_lowest[part], _highest[part]);
                foreach (var value in sample.Slice(part * plane, plane))
                {
                    lowest = Math.Min(lowest, value);
                    highest = Math.Max(highest, value);
                }

                (_lowest[part], _highest[part]) = (lowest, highest);
            }
        }

        public ValueRange Result() => new(_lowest, _highest);

        private static float[] Filled(SampleShape shape, float value)
        {
            var parts = new float[shape.IsVector ? shape.Length : shape.Channels];
            Array.Fill(parts, value);
            return parts;
        }
    }
}
