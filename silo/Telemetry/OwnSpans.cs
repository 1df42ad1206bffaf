using System.Diagnostics;
using NeuroTrails.Telemetry;
using OpenTelemetry;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Exports spans of NeuroTrails alone, at once; others go only where they were asked for.</summary>
internal sealed class OwnSpans(BaseExporter<Activity> exporter) : SimpleActivityExportProcessor(exporter)
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == TelemetryNames.Source)
        {
            base.OnEnd(data);
        }
    }
}
