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

    private const string Common = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Reads the variables from configuration, of which a host's environment is part.</summary>
    /// <exception cref="UserErrorException">An endpoint is no address.</exception>
    public static OtlpEnvironment Read(IConfiguration configuration)
    {
        if (string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return Nowhere;
        }

        var common = Address(configuration, Common) is null ? null : new Target(null);
        var name = configuration["OTEL_SERVICE_NAME"];
        return new(
            Address(configuration, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") is { } traces ? new(traces) : common,
            Address(configuration, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") is { } metrics ? new(metrics) : common,
            string.IsNullOrWhiteSpace(name) ? null : name);
    }

    private static Uri? Address(IConfiguration configuration, string variable)
    {
        var value = configuration[variable];
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        // The SDK would silently fall back to its default address, and the user would wait for data that never comes.
        return Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
            ? address
            : throw new UserErrorException(
                $"{variable} is '{value}', which is no address. Use http://host:4317 (gRPC), or http://host:4318 with OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.");
    }

    /// <summary>Where one signal goes.</summary>
    /// <param name="Own">Its own full address, which the SDK does not read by itself; without one the common address, which it does.</param>
    public sealed record Target(Uri? Own)
    {
        /// <summary>Tells the SDK.</summary>
        public void Apply(OtlpExporterOptions options)
        {
            if (Own is not null)
            {
                options.Endpoint = Own;
            }
        }
    }
}
