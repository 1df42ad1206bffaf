using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>What the standard OpenTelemetry variables ask for; the SDK reads the rest (protocol, headers, time-outs, intervals) itself.</summary>
/// <param name="Traces">Where spans go, if anywhere.</param>
/// <param name="Metrics">Where figures go, if anywhere.</param>
/// <param name="ServiceName">Name under which this process reports, where one was chosen.</param>
internal sealed record OtlpEnvironment(OtlpEnvironment.Target? Traces, OtlpEnvironment.Target? Metrics, string? ServiceName)
{
    /// <summary>Nothing is sent.</summary>
    public static readonly OtlpEnvironment Nowhere = new(null, null, null);

    /// <summary>Reads the variables from configuration, of which a host's environment is part.</summary>
    /// <exception cref="UserErrorException">One of them holds what the SDK would pass over.</exception>
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
                var protocol = configuration[$"OTEL_EXPORTER_OTLP_{signal}PROTOCOL"] ?? configuration["OTEL_EXPORTER_OTLP_PROTOCOL"];
                var headers = configuration[$"OTEL_EXPORTER_OTLP_{signal}HEADERS"] ?? configuration["OTEL_EXPORTER_OTLP_HEADERS"];
                return new(variable, new(address), own, string.Equals(protocol?.Trim(), "http/protobuf", StringComparison.OrdinalIgnoreCase), headers ?? string.Empty, configuration["OTEL_EXPORTER_OTLP_CERTIFICATE"] is { Length: > 0 });
            }
        }

        return null;
    }

    /// <summary>Where one signal goes.</summary>
    /// <param name="Variable">The variable that says so.</param>
    /// <param name="Address">The address that it holds.</param>
    /// <param name="IsOwn">Whether the address is this signal's alone, and so the full one.</param>
    /// <param name="IsHttp">Whether it is sent over HTTP rather than gRPC.</param>
    /// <param name="Headers">What is sent along, as KEY=VALUE,….</param>
    /// <param name="OwnAuthority">Whether its certificate is signed by an authority that a variable names.</param>
    public sealed record Target(string Variable, Uri Address, bool IsOwn, bool IsHttp, string Headers, bool OwnAuthority)
    {
        /// <summary>Tells the SDK.</summary>
        public void Apply(OtlpExporterOptions options)
        {
            // It reads the common address by itself, and makes it a full one.
            if (IsOwn)
            {
                options.Endpoint = Address;
            }
        }
    }
}
