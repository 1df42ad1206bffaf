using System.Globalization;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter;

/// <summary>Writes what it is given as readable lines.</summary>
/// <typeparam name="T">Activities, metrics or log records.</typeparam>
public abstract class ConsoleExporter<T>(ConsoleExporterOptions options) : BaseExporter<T>
    where T : class
{
    protected void WriteLine(string message)
    {
        if (options.Targets.HasFlag(ConsoleExporterOutputTargets.Console))
        {
            Console.WriteLine(message);
        }

        if (options.Targets.HasFlag(ConsoleExporterOutputTargets.Debug))
        {
            System.Diagnostics.Trace.WriteLine(message);
        }
    }

    private protected static string Text(object? value)
        => value switch
        {
            null => string.Empty,
            Array array => $"[{string.Join(',', array.Cast<object?>().Select(Text))}]",
            bool flag => flag ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };

    private protected static string Time(DateTime time)
        => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private protected void WriteTags(IEnumerable<KeyValuePair<string, object?>> tags, string indent = "    ")
    {
        foreach (var (key, value) in tags)
        {
            WriteLine($"{indent}{key}: {Text(value)}");
        }
    }

    private protected void WriteScope(string kind, string name, string? version)
    {
        WriteLine($"Instrumentation scope ({kind}):");
        WriteLine($"    Name: {name}");
        if (!string.IsNullOrEmpty(version))
        {
            WriteLine($"    Version: {version}");
        }
    }

    private protected void WriteResource(string kind)
    {
        if (ParentProvider.GetResource() is { } resource && resource != Resource.Empty)
        {
            WriteLine($"Resource associated with {kind}:");
            WriteTags(resource.Attributes.Select(a => KeyValuePair.Create(a.Key, (object?)a.Value)));
        }
    }
}
