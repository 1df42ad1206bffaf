using NeuroTrails.Telemetry;
using NeuroTrails.Tests.House;

namespace NeuroTrails.Tests.Telemetry;

/// <summary>What a run reports.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class RunTelemetryTests
{
    [Fact]
    public void EveryReportArrivesUnderItsName()
    {
        using var heard = new Heard();
        using var telemetry = new RunTelemetry(heard, () => 42);
        ReportEverything(telemetry);
        (string, double)[] expected =
        [
            ("neurotrails.step.duration", 0.25),
            ("neurotrails.samples", 128),
            ("neurotrails.loss{head=2}", 1.5),
            ("neurotrails.accuracy{split=test}", 0.9),
            ("neurotrails.accuracy{split=test,head=1}", 0.8),
            ("neurotrails.figure{split=test,metric=nll}", 0.3),
            ("neurotrails.density{owner=backbone}", 0.2),
            ("neurotrails.topology.dropped{owner=head-0}", 7),
            ("neurotrails.topology.grown{owner=head-0}", 7),
            ("neurotrails.topology.updates", 1),
            ("neurotrails.checkpoint.duration", 2),
            ("neurotrails.recoveries", 1),
        ];
        Assert.Equal(expected, heard.Measurements);
    }

    [Fact]
    public void MemoryIsReadWhenAsked()
    {
        using var heard = new Heard();
        var live = 1L;
        using var telemetry = new RunTelemetry(heard, () => live);
        Assert.Empty(heard.Measurements);
        live = 99;
        heard.Observe();
        Assert.Contains(("neurotrails.memory.live_tensors", 99.0), heard.Measurements);
        Assert.True(heard.Measurements.Single(m => m.What == "neurotrails.memory.resident").Value > 1 << 20);
    }

    [Fact]
    public void MeterAndSourceCarryNameAndVersion()
    {
        using var heard = new Heard();
        using var telemetry = new RunTelemetry(heard);
        var meter = heard.Instruments[0].Meter;
        Assert.Equal("NeuroTrails", meter.Name);
        Assert.Equal(TelemetryNames.Version, meter.Version);
        Assert.StartsWith("0.", TelemetryNames.Version, StringComparison.Ordinal);
        Assert.DoesNotContain(heard.Instruments, instrument => instrument.Name == TelemetryNames.LiveTensors);
    }

    [Fact]
    public void TheDocumentListsEveryInstrumentWithItsUnit()
    {
        using var heard = new Heard();
        using var telemetry = new RunTelemetry(heard, () => 0);
        var document = File.ReadAllText(Path.Combine(Repository.Root(), "docs", "telemetry.md"));
        Assert.Equal(13, heard.Instruments.Count);
        foreach (var instrument in heard.Instruments)
        {
            Assert.Contains($"| `{instrument.Name}` | {Kind(instrument)} | {instrument.Unit} |", document, StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(instrument.Description));
        }
    }

    [Fact]
    public void NobodyListeningCostsNoMemory()
    {
        using var telemetry = new RunTelemetry();
        var owner = "head-0";
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var k = 0; k < 1000; k++)
            {
                telemetry.StepDone(TimeSpan.FromSeconds(1), 128);
                telemetry.HeadLoss(k, 1);
                telemetry.Accuracy("test", 0.5, k);
                telemetry.Density(owner, 0.2);
                telemetry.TopologyChanged(owner, k, k);
                using var step = RunSpans.Step("abc", 1, k);
                using var head = RunSpans.Head(1, k);
                using var evaluate = RunSpans.Evaluate("test", k);
                Assert.Null(head);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(round == 0 || allocated == 0, $"{allocated} bytes for 1000 reports that nobody hears.");
        }
    }

    internal static void ReportEverything(RunTelemetry telemetry)
    {
        telemetry.StepDone(TimeSpan.FromMilliseconds(250), 128);
        telemetry.HeadLoss(2, 1.5);
        telemetry.Accuracy("test", 0.9);
        telemetry.Accuracy("test", 0.8, head: 1);
        telemetry.Figure("test", "nll", 0.3);
        telemetry.Density("backbone", 0.2);
        telemetry.TopologyChanged("head-0", 7, 7);
        telemetry.TopologyUpdated();
        telemetry.CheckpointDone(TimeSpan.FromSeconds(2));
        telemetry.Recovered();
    }

    private static string Kind(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.GetType().Name.Split('`')[0] switch
        {
            "Histogram" => "histogram",
            "Counter" => "counter",
            _ => "gauge",
        };
}
