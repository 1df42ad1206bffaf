using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Telemetry;

namespace NeuroTrails.Tests.Telemetry;

/// <summary>Figures leave the process by the standard variables.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class TelemetrySetupTests
{
    [Fact]
    public async Task OtlpReceivesSpansAndFigures()
    {
        using var receiver = new OtlpReceiver();
        await RunAsync(new(), ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        Assert.Equal(["/v1/metrics", "/v1/traces"], receiver.Bodies.Keys.Order());
        Assert.All(receiver.ContentTypes.Values, type => Assert.Equal("application/x-protobuf", type));
        var metrics = receiver.Bodies["/v1/metrics"];
        string[] names =
        [
            TelemetryNames.StepDuration,
            TelemetryNames.Loss,
            TelemetryNames.Accuracy,
            TelemetryNames.Density,
            TelemetryNames.Dropped,
            TelemetryNames.Grown,
            TelemetryNames.TopologyUpdates,
            TelemetryNames.CheckpointDuration,
            TelemetryNames.Recoveries,
            TelemetryNames.Samples,
            TelemetryNames.ResidentMemory,
            TelemetryNames.LiveTensors,
        ];
        Assert.All(names, name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.All(
            receiver.Bodies.Values,
            body => Assert.Contains("service.name\u0012\u000d\n\u000bneurotrails", body, StringComparison.Ordinal)
        );
        Assert.Contains("run-that-is-seen", receiver.Bodies["/v1/traces"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneSignalMayBeSentAlone()
    {
        using var receiver = new OtlpReceiver();
        await RunAsync(
            new(),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.Address + "/elsewhere"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "my-lab")
        );
        Assert.Equal("/elsewhere", Assert.Single(receiver.Bodies.Keys));
        Assert.Contains("my-lab", receiver.Bodies["/elsewhere"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true", true)]
    [InlineData("OTEL_SDK_DISABLED", "false", false)]
    public async Task OtlpCanBeSwitchedOff(string variable, string value, bool otlp)
    {
        using var receiver = new OtlpReceiver();
        var seen = await RunAsync(
            new(Otlp: otlp),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            (variable, value)
        );
        Assert.False(seen, "Nobody should listen.");
        Assert.Empty(receiver.Bodies);
    }

    [Theory]
    [InlineData(ConsoleTelemetry.Own, false)]
    [InlineData(ConsoleTelemetry.Own, true)]
    [InlineData(ConsoleTelemetry.All, false)]
    public async Task TheConsoleShowsOurSpansAndFiguresAndThoseOfOrleansOnRequest(ConsoleTelemetry console, bool otlp)
    {
        using var traces = new ActivitySource("Microsoft.Orleans.Application");
        using var meter = new Meter("Microsoft.Orleans");
        var counter = meter.CreateCounter<long>("orleans-test");
        using var receiver = new OtlpReceiver();
        var before = Console.Out;
        using var text = new StringWriter();
        Console.SetOut(text);
        try
        {
            (string, string)[] variables = otlp
                ? [("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]
                : [];
            Assert.True(
                await RunAsync(
                    new(console),
                    () =>
                    {
                        traces.StartActivity("a call between grains")?.Dispose();
                        counter.Add(1);
                    },
                    variables
                )
            );
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Contains("run-that-is-seen", text.ToString(), StringComparison.Ordinal);
        Assert.Contains(TelemetryNames.TopologyUpdates, text.ToString(), StringComparison.Ordinal);
        Assert.Equal(console == ConsoleTelemetry.All, text.ToString().Contains("a call between grains", StringComparison.Ordinal));
        Assert.Equal(console == ConsoleTelemetry.All, text.ToString().Contains("orleans-test", StringComparison.Ordinal));
        Assert.Equal(otlp, receiver.Bodies.GetValueOrDefault("/v1/traces", "").Contains("a call between grains", StringComparison.Ordinal));
        Assert.Equal(otlp, receiver.Bodies.GetValueOrDefault("/v1/metrics", "").Contains("orleans-test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatOrleansTracesAndMeasuresGoesTheSameWay()
    {
        using var traces = new ActivitySource("Microsoft.Orleans.Application");
        using var meter = new Meter("Microsoft.Orleans");
        var counter = meter.CreateCounter<long>("orleans-test");
        Assert.False(traces.HasListeners() || counter.Enabled);
        using var receiver = new OtlpReceiver();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([
            new("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ]);
        builder.AddNeuroTrailsTelemetry(new());
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            traces.StartActivity("a call between grains")!.Dispose();
            counter.Add(1);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("a call between grains", receiver.Bodies["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("orleans-test", receiver.Bodies["/v1/metrics"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTargetsNobodyListens() => Assert.False(await RunAsync(new()));

    [Fact]
    public async Task AnAddressThatIsNoneIsNamed()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(new(), ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")));
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4317'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Runs a host that reports everything once; says whether anybody listened to spans.</summary>
    private static Task<bool> RunAsync(TelemetryTargets targets, params (string Key, string Value)[] variables) =>
        RunAsync(targets, () => { }, variables);

    private static async Task<bool> RunAsync(TelemetryTargets targets, Action besides, params (string Key, string Value)[] variables)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(variables.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        // As in a silo, which brings instruments without exporters: ours must take their place.
        builder.Services.AddNeuroTrails();
        builder.AddNeuroTrailsTelemetry(targets, () => 12);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        bool seen;
        using (var span = RunSpans.Step("run-that-is-seen", 1, 1))
        {
            seen = span is not null;
            besides();
            RunTelemetryTests.ReportEverything(host.Services.GetRequiredService<RunTelemetry>());
        }

        await host.StopAsync(TestContext.Current.CancellationToken);
        return seen;
    }
}
