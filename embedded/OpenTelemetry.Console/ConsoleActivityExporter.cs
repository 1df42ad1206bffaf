using System.Diagnostics;

namespace OpenTelemetry.Exporter;

/// <summary>Writes activities when they end.</summary>
public class ConsoleActivityExporter(ConsoleExporterOptions options) : ConsoleExporter<Activity>(options)
{
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var activity in batch)
        {
            Write(activity);
        }

        return ExportResult.Success;
    }

    private void Write(Activity activity)
    {
        WriteLine($"Activity.TraceId:            {activity.TraceId}");
        WriteLine($"Activity.SpanId:             {activity.SpanId}");
        WriteLine($"Activity.TraceFlags:         {activity.ActivityTraceFlags}");
        if (!string.IsNullOrEmpty(activity.TraceStateString))
        {
            WriteLine($"Activity.TraceState:         {activity.TraceStateString}");
        }

        if (activity.ParentSpanId != default)
        {
            WriteLine($"Activity.ParentSpanId:       {activity.ParentSpanId}");
        }

        WriteLine($"Activity.DisplayName:        {activity.DisplayName}");
        WriteLine($"Activity.Kind:               {activity.Kind}");
        WriteLine($"Activity.StartTime:          {Time(activity.StartTimeUtc)}");
        WriteLine($"Activity.Duration:           {activity.Duration}");
        WriteTagsOf(activity);
        if (activity.Status != ActivityStatusCode.Unset)
        {
            WriteLine($"StatusCode: {activity.Status}");
            if (!string.IsNullOrEmpty(activity.StatusDescription))
            {
                WriteLine($"Activity.StatusDescription:  {activity.StatusDescription}");
            }
        }

        WriteEvents(activity);
        WriteScope("ActivitySource", activity.Source.Name, activity.Source.Version);
        WriteResource("Activity");
        WriteLine(string.Empty);
    }

    private void WriteTagsOf(Activity activity)
    {
        if (activity.TagObjects.Any())
        {
            WriteLine("Activity.Tags:");
            WriteTags(activity.TagObjects);
        }
    }

    private void WriteEvents(Activity activity)
    {
        if (activity.Events.Any())
        {
            WriteLine("Activity.Events:");
            foreach (var happened in activity.Events)
            {
                WriteLine($"    {happened.Name} [{Time(happened.Timestamp.UtcDateTime)}]");
                WriteTags(happened.Tags, "        ");
            }
        }

        if (activity.Links.Any())
        {
            WriteLine("Activity.Links:");
            foreach (var link in activity.Links)
            {
                WriteLine($"    {link.Context.TraceId} {link.Context.SpanId}");
            }
        }
    }
}
