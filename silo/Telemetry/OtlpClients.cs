using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;

namespace NeuroTrails.Silo.Telemetry;

/// <summary>The connections on which telemetry leaves, so that one on which nobody answers can be cut at the end: the SDK would wait for
/// each export as long as for any other.</summary>
internal sealed class OtlpClients
{
    private readonly List<HttpClient> _clients = [];
    private readonly Lock _gate = new();
    private bool _cut;

    public static void Keep(IServiceCollection services, string exporter) =>
        services
            .AddOptions<OtlpExporterOptions>(exporter)
            .PostConfigure<OtlpClients>(
                (options, clients) =>
                {
                    // The usual one knows of certificates and time-outs.
                    var usual = options.HttpClientFactory;
                    options.HttpClientFactory = () => clients.Kept(usual());
                }
            );

    public void Cut()
    {
        lock (_gate)
        {
            _cut = true;
            _clients.ForEach(End);
            _clients.Clear();
        }
    }

    private HttpClient Kept(HttpClient client)
    {
        lock (_gate)
        {
            if (_cut)
            {
                End(client);
            }
            else
            {
                _clients.Add(client);
            }
        }

        return client;
    }

    private static void End(HttpClient client)
    {
        client.CancelPendingRequests();
        client.Dispose();
    }
}
