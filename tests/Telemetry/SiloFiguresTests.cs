using Microsoft.Extensions.DependencyInjection;
using NeuroTrails.Telemetry;
using NeuroTrails.Tests.Checkpoints;
using NeuroTrails.Tests.Cluster;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace NeuroTrails.Tests.Telemetry;

/// <summary>What a cluster's silos export.</summary>
[Collection(nameof(Alone))]
public sealed class SiloFiguresTests
{
    [Fact]
    public async Task A_silo_that_coordinates_nothing_exports_its_memory_and_the_tensors_it_sent()
    {
        using var folder = new TemporaryFolder();
        var kept = new Kept();
        await using var cluster = new TestCluster(
            folder.File("runs"),
            configure: builder =>
                builder
                    .Services.AddOpenTelemetry()
                    .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.Source).AddReader(_ => new BaseExportingMetricReader(kept)))
        );
        await cluster.StartAsync("a");
        using var tensor = TorchSharp.torch.zeros(3);
        Assert.True(cluster.Service<MeterProvider>("a").ForceFlush());
        Assert.InRange(kept.Values[TelemetryNames.LiveTensors], 1, long.MaxValue);
        Assert.Equal(0, kept.Values[TelemetryNames.TensorsSent]);
        Assert.InRange(kept.Values[TelemetryNames.ResidentMemory], 1 << 20, long.MaxValue);
    }

    private sealed class Kept : BaseExporter<Metric>
    {
        public Dictionary<string, long> Values { get; } = new(StringComparer.Ordinal);

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    Values[metric.Name] = metric.MetricType switch
                    {
                        MetricType.LongGauge => point.GetGaugeLastValueLong(),
                        MetricType.LongSum => point.GetSumLong(),
                        _ => -1,
                    };
                }
            }

            return ExportResult.Success;
        }
    }
}
