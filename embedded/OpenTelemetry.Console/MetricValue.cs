using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>One point's value as text.</summary>
internal static class MetricValue
{
    public static string Describe(MetricType type, in MetricPoint point)
        => type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
            MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
            MetricType.DoubleGauge => Number(point.GetGaugeLastValueDouble()),
            MetricType.Histogram => Buckets(in point),
            MetricType.ExponentialHistogram => Summary(in point).ToString(),
            _ => string.Empty,
        };

    private static StringBuilder Summary(in MetricPoint point)
    {
        var text = new StringBuilder()
            .Append("Sum: ").Append(Number(point.GetHistogramSum()))
            .Append(" Count: ").Append(Number(point.GetHistogramCount()));
        if (point.TryGetHistogramMinMaxValues(out var min, out var max))
        {
            text.Append(" Min: ").Append(Number(min)).Append(" Max: ").Append(Number(max));
        }

        return text;
    }

    private static string Buckets(in MetricPoint point)
    {
        var text = Summary(in point);
        var lower = double.NegativeInfinity;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            var closing = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Infinity)" : $"{Number(bucket.ExplicitBound)}]";
            text.AppendLine().Append('(').Append(double.IsNegativeInfinity(lower) ? "-Infinity" : Number(lower)).Append(',')
                .Append(closing).Append(':').Append(Number(bucket.BucketCount));
            lower = bucket.ExplicitBound;
        }

        return text.ToString();
    }

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
