using OpenTelemetry.Logs;

namespace OpenTelemetry.Exporter;

/// <summary>Writes log records.</summary>
public class ConsoleLogRecordExporter(ConsoleExporterOptions options) : ConsoleExporter<LogRecord>(options)
{
    public override ExportResult Export(in Batch<LogRecord> batch)
    {
        foreach (var record in batch)
        {
            WriteLine($"LogRecord.Timestamp:               {Time(record.Timestamp)}");
            if (record.TraceId != default)
            {
                WriteLine($"LogRecord.TraceId:                 {record.TraceId}");
                WriteLine($"LogRecord.SpanId:                  {record.SpanId}");
            }

            WriteLine($"LogRecord.CategoryName:            {record.CategoryName}");
            WriteLine($"LogRecord.LogLevel:                {record.LogLevel}");
            WriteLine($"LogRecord.Body:                    {record.FormattedMessage ?? record.Body}");
            if (record.Attributes is { Count: > 0 } attributes)
            {
                WriteLine("LogRecord.Attributes (Key:Value):");
                WriteTags(attributes);
            }

            if (record.Exception is { } exception)
            {
                WriteLine($"LogRecord.Exception:               {exception}");
            }

            WriteResource("LogRecord");
            WriteLine(string.Empty);
        }

        return ExportResult.Success;
    }
}
