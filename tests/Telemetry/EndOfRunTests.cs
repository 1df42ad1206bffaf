using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Silo;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Telemetry;

namespace NeuroTrails.Tests.Telemetry;

/// <summary>A collector that takes connections and says nothing does not hold up the end.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class EndOfRunTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_collector_that_never_answers_delays_the_end_by_no_more_than_two_seconds(string protocol)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([
            new("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{silent.LocalEndpoint}"),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            new("OTEL_EXPORTER_OTLP_TIMEOUT", "600000"),
            new("OTEL_BSP_SCHEDULE_DELAY", "50"),
        ]);
        builder.Services.AddNeuroTrails();
        builder.AddNeuroTrailsTelemetry(new(), () => 12);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        for (var step = 1; step < 5; step++)
        {
            RunSpans.Step("run-that-is-seen", 1, step)?.Dispose();
            RunTelemetryTests.ReportEverything(host.Services.GetRequiredService<RunTelemetry>());
        }

        while (!silent.Pending())
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        // One export is under way by now.
        var started = Stopwatch.GetTimestamp();
        await host.StopAsync(TestContext.Current.CancellationToken);
        await Task.Run(host.Dispose, TestContext.Current.CancellationToken);
        // Two seconds, and as much again for a machine that has much else to do; by the SDK alone it would be ten minutes.
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 4);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    public async Task Variables_of_one_signal_count_as_the_common_ones_do(string first, string second)
    {
        using var receiver = new OtlpReceiver();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
                [first] = "http/protobuf",
                [second] = "http/protobuf",
            }
        );
        builder.AddNeuroTrailsTelemetry(new(), () => 12);
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            RunSpans.Step("run-that-is-seen", 1, 1)?.Dispose();
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("run-that-is-seen", receiver.Bodies["/v1/traces"], StringComparison.Ordinal);

        // Nobody has reported anything: what reports by itself is there from the start.
        Assert.Contains(TelemetryNames.LiveTensors, receiver.Bodies["/v1/metrics"], StringComparison.Ordinal);
    }
}
