using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Silo.Telemetry;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Telemetry;

/// <summary>Telemetry that would not arrive is said before a run begins.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class TelemetryCheckTests
{
    [Fact]
    public async Task A_collector_that_takes_exports_is_not_spoken_of()
    {
        using var receiver = new OtlpReceiver();
        Assert.Empty(
            await CheckAsync(
                ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address + "/"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_EXPORTER_OTLP_HEADERS", "key=a%20b")
            )
        );
        Assert.Equal(["/v1/metrics", "/v1/traces"], receiver.Bodies.Keys.Order());
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_collector_that_is_not_there_is_named_once(string protocol)
    {
        var address = $"http://127.0.0.1:{ClosedPort()}";
        var notice = Assert.Single(await CheckAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", address), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)));
        Assert.Equal(
            $"OTEL_EXPORTER_OTLP_ENDPOINT: the collector at {address}/ takes nothing: Connection refused. The run goes on without it; "
                + "start the collector, or unset OTEL_EXPORTER_OTLP_ENDPOINT.",
            notice
        );
    }

    [Fact]
    public async Task One_signal_s_collector_is_named_by_its_own_variable()
    {
        using var receiver = new OtlpReceiver();
        var notice = Assert.Single(
            await CheckAsync(
                ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
                ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"http://127.0.0.1:{ClosedPort()}"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            )
        );
        Assert.StartsWith("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: the collector at ", notice, StringComparison.Ordinal);
        Assert.Equal("/v1/metrics", Assert.Single(receiver.Bodies.Keys));
    }

    [Fact]
    public async Task A_collector_of_the_other_protocol_is_told_from_one_that_is_not_there()
    {
        using var receiver = new OtlpReceiver();
        var notice = Assert.Single(
            await CheckAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
        );
        Assert.EndsWith(
            "does not speak gRPC; gRPC is usually at port 4317, http/protobuf (OTEL_EXPORTER_OTLP_PROTOCOL) at 4318. The run goes on "
                + "without it; start the collector, or unset OTEL_EXPORTER_OTLP_ENDPOINT.",
            notice,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "udp")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "no pair")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/file.pem")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "-1")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "many")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "100")]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "2")]
    [InlineData("OTEL_SDK_DISABLED", "maybe")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "lab")]
    public async Task A_value_that_cannot_be_heeded_is_refused_by_name(string variable, string value)
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => CheckAsync((variable, value)));
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
        Assert.Contains("Allowed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_values_that_cannot_be_heeded_are_said_at_once()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            CheckAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", "x"), ("OTEL_METRIC_EXPORT_INTERVAL", "y"))
        );
        Assert.Equal(2, error.Message.Split('\n').Length);
    }

    [Fact]
    public async Task A_misspelt_variable_is_guessed_and_others_are_let_be()
    {
        var notice = Assert.Single(
            await CheckAsync(
                ("OTEL_EXPORTER_OTLP_ENDPIONT", "http://localhost:1"),
                ("OTEL_DOTNET_AUTO_HOME", "x"),
                ("OTEL_LOGS_EXPORTER", "otlp")
            )
        );
        Assert.Equal("OTEL_EXPORTER_OTLP_ENDPIONT is no variable that is heeded; did you mean `OTEL_EXPORTER_OTLP_ENDPOINT`?", notice);
    }

    [Fact]
    public async Task A_run_is_refused_before_its_folder_is_taken()
    {
        using var folder = new TemporaryFolder();
        var engine = new RunEngine(TimeProvider.System) { Variables = Configuration(("OTEL_EXPORTER_OTLP_PROTOCOL", "pigeon")) };
        var options = new NeuroTrails.Configuration.RunOptionsReader().AddPreset("quickstart").Read();
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            engine.TrainAsync(
                new(options, folder.File("run"), ResumeMode.Never),
                new Progress<RunUpdate>(),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("OTEL_EXPORTER_OTLP_PROTOCOL is 'pigeon'", error.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder.File("run")));
    }

    private static Task<IReadOnlyList<string>> CheckAsync(params (string Key, string Value)[] variables) =>
        TelemetryCheck.RunAsync(Configuration(variables), TimeProvider.System, TestContext.Current.CancellationToken);

    private static IConfiguration Configuration(params (string Key, string Value)[] variables) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build();

    private static int ClosedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
