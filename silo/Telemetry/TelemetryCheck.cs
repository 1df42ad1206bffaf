using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>Looks before a run begins whether telemetry will arrive: the SDK itself says nothing where it does not.</summary>
internal static class TelemetryCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static IConfiguration Environment() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    public static async Task<IReadOnlyList<string>> RunAsync(IConfiguration configuration, TimeProvider time, CancellationToken stop)
    {
        var environment = OtlpEnvironment.Read(configuration);
        var notices = OtlpVariables.Misspelt(configuration).ToList();
        if (environment.Traces is { } traces)
        {
            notices.AddRange(await TryAsync(traces, "trace.v1.TraceService", time, stop));
        }

        if (environment.Metrics is { } metrics)
        {
            notices.AddRange(await TryAsync(metrics, "metrics.v1.MetricsService", time, stop));
        }

        return [.. notices.Distinct()];
    }

    private static async Task<IEnumerable<string>> TryAsync(
        OtlpEnvironment.Target target,
        string service,
        TimeProvider time,
        CancellationToken stop
    )
    {
        string fault;
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            using var client = new HttpClient();
            using var request = Nothing(target, service);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var isDenied = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                fault =
                    $"it answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd() + (isDenied ? Denied(target) : string.Empty);
            }
            else if (target.IsHttp || await GrpcFault(response, target, either.Token) is not { } refusal)
            {
                return [];
            }
            else
            {
                fault = refusal;
            }
        }
        catch (HttpRequestException refused)
            when (refused.HttpRequestError == HttpRequestError.SecureConnectionError && target.OwnAuthority)
        {
            // Somebody answers; whether the certificate is the one that was named is for the exporter to say.
            return [];
        }
        catch (HttpRequestException refused)
        {
            fault = refused.HttpRequestError
                is HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
                ? refused.InnerException?.Message ?? refused.Message
                : $"what answers there does not speak {(target.IsHttp ? "HTTP" : "gRPC")}; gRPC is usually at port 4317, http/protobuf "
                    + "(OTEL_EXPORTER_OTLP_PROTOCOL) at 4318";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            fault = $"no answer within {Patience.TotalSeconds:0} s";
        }

        return
        [
            $"{target.Variable}: the collector at {target.Collector} takes nothing: {fault.TrimEnd('.')}. The run goes on without it; "
                + $"start the collector, or unset {target.Variable}.",
        ];
    }

    private static string Denied(OtlpEnvironment.Target target) =>
        $" ({target.HeadersVariable} is {(target.Headers.Length == 0 ? "not set" : "not what it takes")})";

    // gRPC says what went wrong behind its answer, or in place of one.
    private static async Task<string?> GrpcFault(HttpResponseMessage response, OtlpEnvironment.Target target, CancellationToken stop)
    {
        await response.Content.ReadAsByteArrayAsync(stop);
        var status = First("grpc-status");
        return status is null or "0"
            ? null
            : $"it answers gRPC status {status} {First("grpc-message")}".TrimEnd()
                + (status is "16" or "7" ? Denied(target) : string.Empty);

        string? First(string name) =>
            response.Headers.TryGetValues(name, out var values) || response.TrailingHeaders.TryGetValues(name, out values)
                ? values.FirstOrDefault()
                : null;
    }

    // An export of nothing, which every collector takes.
    private static HttpRequestMessage Nothing(OtlpEnvironment.Target target, string service)
    {
        var address = target.IsHttp ? target.Address : new Uri(target.Address, $"/opentelemetry.proto.collector.{service}/Export");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(target.IsHttp ? [] : new byte[5]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(target.IsHttp ? "application/x-protobuf" : "application/grpc");
        if (!target.IsHttp)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            request.Headers.TE.Add(new("trailers"));
        }

        foreach (
            var pair in target
                .Headers.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Where(pair => pair.Length == 2)
        )
        {
            request.Headers.TryAddWithoutValidation(pair[0].Trim(), Uri.UnescapeDataString(pair[1].Trim()));
        }

        return request;
    }
}
