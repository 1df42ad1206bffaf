using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>What the standard OpenTelemetry variables ask for; the SDK reads the rest (protocol,
/// headers, time-outs, intervals) itself.</summary>
internal sealed record OtlpEnvironment(OtlpEnvironment.Target? Traces, OtlpEnvironment.Target? Metrics, string? ServiceName)
{
    public static readonly OtlpEnvironment Nowhere = new(null, null, null);

    public static OtlpEnvironment Read(IConfiguration configuration)
    {
        OtlpVariables.Check(configuration);
        if (string.Equals(configuration["OTEL_SDK_DISABLED"]?.Trim(), "true", StringComparison.OrdinalIgnoreCase))
        {
            return Nowhere;
        }

        var name = configuration["OTEL_SERVICE_NAME"];
        return new(Of(configuration, "TRACES_"), Of(configuration, "METRICS_"), string.IsNullOrWhiteSpace(name) ? null : name);
    }

    private static Target? Of(IConfiguration configuration, string signal)
    {
        foreach (var (own, variable) in new[] { (true, $"OTEL_EXPORTER_OTLP_{signal}ENDPOINT"), (false, "OTEL_EXPORTER_OTLP_ENDPOINT") })
        {
            if (configuration[variable]?.Trim() is { Length: > 0 } address)
            {
                var isHttp = string.Equals(
                    Read(configuration, signal, "PROTOCOL").Value,
                    "http/protobuf",
                    StringComparison.OrdinalIgnoreCase
                );
                var (headersVariable, headers) = Read(configuration, signal, "HEADERS");
                var timeout = int.TryParse(Read(configuration, signal, "TIMEOUT").Value, CultureInfo.InvariantCulture, out var milliseconds)
                    ? milliseconds
                    : (int?)null;
                var full = isHttp && !own ? new($"{address.TrimEnd('/')}/v1/{signal.TrimEnd('_').ToLowerInvariant()}") : new Uri(address);
                return new(
                    variable,
                    new(address),
                    full,
                    isHttp,
                    headersVariable,
                    headers ?? string.Empty,
                    timeout,
                    configuration["OTEL_EXPORTER_OTLP_CERTIFICATE"] is { Length: > 0 }
                );
            }
        }

        return null;
    }

    // A signal's own variable counts before the common one.
    private static (string Variable, string? Value) Read(IConfiguration configuration, string signal, string what)
    {
        var (own, common) = ($"OTEL_EXPORTER_OTLP_{signal}{what}", $"OTEL_EXPORTER_OTLP_{what}");
        return configuration[own]?.Trim() is { Length: > 0 } value ? (own, value) : (common, configuration[common]?.Trim());
    }

    /// <summary>Where one signal goes.</summary>
    /// <param name="Variable">The variable that says so.</param>
    /// <param name="Collector">The address that it holds.</param>
    /// <param name="Address">The full address, with this signal's path.</param>
    /// <param name="IsHttp">Whether it is sent over HTTP rather than gRPC.</param>
    /// <param name="HeadersVariable">The variable that says what is sent along.</param>
    /// <param name="Headers">What is sent along, as KEY=VALUE,….</param>
    /// <param name="TimeoutMs">How long one export may take; absent for the SDK's own.</param>
    /// <param name="OwnAuthority">Whether its certificate is signed by an authority that a variable names.</param>
    public sealed record Target(
        string Variable,
        Uri Collector,
        Uri Address,
        bool IsHttp,
        string HeadersVariable,
        string Headers,
        int? TimeoutMs,
        bool OwnAuthority
    )
    {
        // Tells the SDK, which reads the common variables by itself and passes over those of one signal.
        public void Apply(OtlpExporterOptions options)
        {
            (options.Endpoint, options.Headers) = (Address, Headers);
#pragma warning disable CS0618 // gRPC, the standard's default, is marked as obsolete for old frameworks only.
            options.Protocol = IsHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
#pragma warning restore CS0618
            options.TimeoutMilliseconds = TimeoutMs ?? options.TimeoutMilliseconds;
        }
    }
}
