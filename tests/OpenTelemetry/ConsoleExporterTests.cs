using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NeuroTrails.Tests.OpenTelemetry;

// Console output is the process's, so nobody else may write meanwhile.
[CollectionDefinition(nameof(ConsoleExporterTests), DisableParallelization = true)]
public sealed class ConsoleExporterCollection;

[Collection(nameof(ConsoleExporterTests))]
public sealed class ConsoleExporterTests
{
    [Fact]
    public void Activities_are_written_when_they_end()
    {
        using var source = new ActivitySource("test.trails", "1.2");
        var output = Capture(() =>
        {
            using var provider = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("trails"))
                .AddSource(source.Name)
                .AddConsoleExporter(options => options.Targets = ConsoleExporterOutputTargets.Console)
                .Build();
            using var activity = source.StartActivity("step", ActivityKind.Internal);
            activity!.SetTag("run.step", 12);
            activity.AddEvent(new ActivityEvent("topology update"));
            activity.SetStatus(ActivityStatusCode.Error, "loss is not finite");
        });
        Assert.Contains("Activity.DisplayName:        step", output, StringComparison.Ordinal);
        Assert.Contains("Activity.Kind:               Internal", output, StringComparison.Ordinal);
        Assert.Contains("    run.step: 12", output, StringComparison.Ordinal);
        Assert.Contains("    topology update [", output, StringComparison.Ordinal);
        Assert.Contains("loss is not finite", output, StringComparison.Ordinal);
        Assert.Contains("    Name: test.trails", output, StringComparison.Ordinal);
        Assert.Contains("    service.name: trails", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_are_written_with_their_points()
    {
        using var meter = new Meter("test.metrics", "3.4");
        var output = Capture(() =>
        {
            using var provider = Sdk.CreateMeterProviderBuilder()
                .AddMeter(meter.Name)
                .AddConsoleExporter((_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 60_000)
                .Build();
            meter.CreateCounter<long>("steps", "1", "steps done").Add(5, KeyValuePair.Create<string, object?>("head", 2));
            meter.CreateGauge<double>("loss").Record(0.25);
            var seconds = meter.CreateHistogram<double>("seconds", "s");
            seconds.Record(3);
            seconds.Record(7);
            provider.ForceFlush();
        });
        Assert.Contains("Metric Name: steps", output, StringComparison.Ordinal);
        Assert.Contains("steps done", output, StringComparison.Ordinal);
        Assert.Contains(" head: 2 LongSum", output, StringComparison.Ordinal);
        Assert.Contains("Value: 5", output, StringComparison.Ordinal);
        Assert.Contains("Value: 0.25", output, StringComparison.Ordinal);
        Assert.Contains("Sum: 10 Count: 2 Min: 3 Max: 7", output, StringComparison.Ordinal);
        Assert.Contains("(0,5]:1", output, StringComparison.Ordinal);
        Assert.Contains("    Name: test.metrics", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_records_are_written_with_their_attributes()
    {
        var output = Capture(() =>
        {
            using var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options => options.AddConsoleExporter()));
#pragma warning disable CA1848, CA1873 // One line in a test.
            factory.CreateLogger("test.log").LogWarning("Step {Step} was slow", 12);
#pragma warning restore CA1848, CA1873
        });
        Assert.Contains("test.log", output, StringComparison.Ordinal);
        Assert.Contains("Step: 12", output, StringComparison.Ordinal);
        Assert.Contains("Warn", output, StringComparison.Ordinal);
    }

    private static string Capture(Action act)
    {
        var previous = Console.Out;
        using var writer = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(writer));
        try
        {
            act();
        }
        finally
        {
            Console.SetOut(previous);
        }

        return writer.ToString();
    }
}
