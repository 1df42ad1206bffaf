using System.Globalization;
using Microsoft.Extensions.Configuration;
using NeuroTrails.Configuration;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>The standard OpenTelemetry variables that are heeded, and what each may hold. The SDK
/// passes over what it cannot read, without a word.</summary>
internal static class OtlpVariables
{
    private static readonly string[] Signals = ["", "TRACES_", "METRICS_"];

    private static readonly Dictionary<string, (Func<string, bool> Fits, string Allowed)> Known = Describe();

    public static void Check(IConfiguration configuration)
    {
        var faults = (
            from known in Known
            let value = configuration[known.Key]
            where !string.IsNullOrWhiteSpace(value) && !known.Value.Fits(value.Trim())
            select $"{known.Key} is '{value}', which is not heeded. Allowed: {known.Value.Allowed}."
        ).ToList();
        if (
            Number(configuration, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512) is var batch
            && Number(configuration, "OTEL_BSP_MAX_QUEUE_SIZE", 2048) is var queue
            && batch > queue
        )
        {
            faults.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"OTEL_BSP_MAX_EXPORT_BATCH_SIZE ({batch}) is more than OTEL_BSP_MAX_QUEUE_SIZE ({queue}). Allowed: at most as many."
                )
            );
        }

        if (faults.Count > 0)
        {
            throw new UserErrorException(string.Join('\n', faults));
        }
    }

    public static IEnumerable<string> Misspelt(IConfiguration configuration) =>
        from name in configuration.AsEnumerable().Select(pair => pair.Key).Order(StringComparer.Ordinal)
        where
            name.StartsWith("OTEL_", StringComparison.Ordinal)
            && !Known.ContainsKey(name)
            && !name.Contains("_LOGS_", StringComparison.Ordinal)
        let guess = Nearest.Guess(name, Known.Keys)
        where guess.Length > 0
        select $"{name} is no variable that is heeded{guess}";

    private static Dictionary<string, (Func<string, bool> Fits, string Allowed)> Describe()
    {
        var known = new Dictionary<string, (Func<string, bool>, string)>
        {
            ["OTEL_SERVICE_NAME"] = (_ => true, "a name"),
            ["OTEL_RESOURCE_ATTRIBUTES"] = (ArePairs, "KEY=VALUE,…"),
            ["OTEL_SDK_DISABLED"] = OneOf("true", "false"),
            ["OTEL_TRACES_SAMPLER"] = OneOf(
                "always_on",
                "always_off",
                "traceidratio",
                "parentbased_always_on",
                "parentbased_always_off",
                "parentbased_traceidratio"
            ),
            ["OTEL_TRACES_SAMPLER_ARG"] = (
                text => double.TryParse(text, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1,
                "a share from 0 to 1"
            ),
            ["OTEL_METRICS_EXEMPLAR_FILTER"] = OneOf("always_on", "always_off", "trace_based"),
            ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = OneOf("cumulative", "delta", "lowmemory"),
        };
        foreach (var signal in Signals)
        {
            known[$"OTEL_EXPORTER_OTLP_{signal}ENDPOINT"] = (
                IsAddress,
                "http://host:4317 (gRPC), or http://host:4318 with OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"
            );
            known[$"OTEL_EXPORTER_OTLP_{signal}PROTOCOL"] = OneOf("grpc", "http/protobuf");
            known[$"OTEL_EXPORTER_OTLP_{signal}HEADERS"] = (AreHeaders, "KEY=VALUE,…, where a key is made of letters, digits and hyphens");
            known[$"OTEL_EXPORTER_OTLP_{signal}TIMEOUT"] = Milliseconds();
            known[$"OTEL_EXPORTER_OTLP_{signal}COMPRESSION"] = OneOf("none", "gzip");
        }

        foreach (
            var name in new[] { "OTEL_EXPORTER_OTLP_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_KEY" }
        )
        {
            known[name] = (File.Exists, "a PEM file that is there");
        }

        foreach (
            var name in new[]
            {
                "OTEL_METRIC_EXPORT_INTERVAL",
                "OTEL_METRIC_EXPORT_TIMEOUT",
                "OTEL_BSP_SCHEDULE_DELAY",
                "OTEL_BSP_EXPORT_TIMEOUT",
            }
        )
        {
            known[name] = Milliseconds();
        }

        foreach (var name in new[] { "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE" })
        {
            known[name] = (text => IsWhole(text, 1), "a whole number of at least 1");
        }

        foreach (
            var name in new[]
            {
                "ATTRIBUTE_VALUE_LENGTH",
                "ATTRIBUTE_COUNT",
                "SPAN_ATTRIBUTE_VALUE_LENGTH",
                "SPAN_ATTRIBUTE_COUNT",
                "SPAN_EVENT_COUNT",
                "SPAN_LINK_COUNT",
                "EVENT_ATTRIBUTE_COUNT",
                "LINK_ATTRIBUTE_COUNT",
            }
        )
        {
            known[$"OTEL_{name}_LIMIT"] = (text => IsWhole(text, 0), "a whole number of at least 0");
        }

        return known;
    }

    private static (Func<string, bool> Fits, string Allowed) OneOf(params string[] words) =>
        (text => words.Contains(text, StringComparer.OrdinalIgnoreCase), string.Join(", ", words));

    private static (Func<string, bool> Fits, string Allowed) Milliseconds() =>
        (text => IsWhole(text, 1), "a whole number of milliseconds, at least 1");

    private static bool IsWhole(string text, int least) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least;

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static bool ArePairs(string text) => text.Split(',').All(pair => pair.Trim().IndexOf('=', StringComparison.Ordinal) > 0);

    // The SDK gives up on one that HTTP cannot carry, at every export.
    private static bool AreHeaders(string text) =>
        ArePairs(text)
        && text.Split(',')
            .Select(pair => pair.Split('=', 2))
            .All(pair =>
            {
                using var probe = new HttpRequestMessage();
                return !Uri.UnescapeDataString(pair[1]).Any(char.IsControl)
                    && probe.Headers.TryAddWithoutValidation(pair[0].Trim(), pair[1]);
            });

    private static int Number(IConfiguration configuration, string name, int usual) =>
        int.TryParse(configuration[name], CultureInfo.InvariantCulture, out var number) ? number : usual;
}
