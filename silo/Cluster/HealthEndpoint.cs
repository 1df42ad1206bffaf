using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Cluster;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the cluster has heard of this silo within the last seconds; else 503.</summary>
/// <param name="silo">Host and port.</param>
/// <param name="member">Knows whether the cluster answers.</param>
/// <param name="logger">Log.</param>
internal sealed class HealthEndpoint(SiloRequest silo, MemberWatch member, ILogger<HealthEndpoint> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (silo.HealthPort is not { } port)
        {
            return;
        }

        using var listener = new HttpListener();
        listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://{silo.Host}:{port}/health/"));
        listener.Start();
        await using var end = stoppingToken.Register(listener.Close);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Answer(await listener.GetContextAsync());
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or IOException)
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    ClusterLog.HealthFailed(logger, fault);
                }
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (code, text) = context.Request.Url?.AbsolutePath switch
        {
            "/health/live" => (HttpStatusCode.OK, "live\n"),
            "/health/ready" when member.IsReady => (HttpStatusCode.OK, "ready\n"),
            "/health/ready" => (HttpStatusCode.ServiceUnavailable, "not ready\n"),
            _ => (HttpStatusCode.NotFound, "/health/live or /health/ready\n"),
        };
        using var response = context.Response;
        response.StatusCode = (int)code;
        response.ContentType = "text/plain";
        response.OutputStream.Write(Encoding.UTF8.GetBytes(text));
    }
}
