using System.Text;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>Writes metrics each time they are collected.</summary>
public class ConsoleMetricExporter(ConsoleExporterOptions options) : ConsoleExporter<Metric>(options)
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var any = false;
        foreach (var metric in batch)
        {
            any = true;
            Write(metric);
        }

        if (any)
        {
            WriteResource("Metrics");
            WriteLine(string.Empty);
        }

        return ExportResult.Success;
    }

    private void Write(Metric metric)
    {
        WriteLine(string.Empty);
        var head = new StringBuilder().Append("Metric Name: ").Append(metric.Name);
        if (!string.IsNullOrEmpty(metric.Description))
        {
            head.Append(", Description: ").Append(metric.Description);
        }

        if (!string.IsNullOrEmpty(metric.Unit))
        {
            head.Append(", Unit: ").Append(metric.Unit);
        }

        WriteLine(head.Append(", Metric Type: ").Append(metric.MetricType).ToString());
        WriteScope("Meter", metric.MeterName, metric.MeterVersion);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var tags = new StringBuilder();
            foreach (var (key, value) in point.Tags)
            {
                tags.Append(' ').Append(key).Append(": ").Append(Text(value));
            }

            WriteLine(
                $"({Time(point.StartTime.UtcDateTime)}, {Time(point.EndTime.UtcDateTime)}]{tags} {metric.MetricType}");
            WriteLine($"Value: {MetricValue.Describe(metric.MetricType, in point)}");
        }
    }
}
