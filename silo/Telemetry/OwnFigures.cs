using NeuroTrails.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Exports figures of NeuroTrails alone; others go only where they were asked for.</summary>
internal sealed class OwnFigures(BaseExporter<Metric> inner) : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var own = new List<Metric>();
        foreach (var metric in batch)
        {
            if (metric.MeterName == TelemetryNames.Source)
            {
                own.Add(metric);
            }
        }

        return own.Count == 0 ? ExportResult.Success : inner.Export(new([.. own], own.Count));
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
