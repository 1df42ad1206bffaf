using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Files;
using NeuroTrails.Silo.Cluster.Redis;
using NeuroTrails.Silo.Cluster.Tls;
using Orleans.Configuration;

namespace NeuroTrails.Silo.Cluster;

/// <summary>A client's connection to a cluster.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly IHost _host;

    private ClusterConnection(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IClusterGrain Cluster => Grains.GetGrain<IClusterGrain>(GrainKeys.Cluster);

    public ICoordinatorGrain Coordinator(string runId) => Grains.GetGrain<ICoordinatorGrain>(runId);

    public static async Task<ClusterConnection> OpenAsync(ClusterAddress cluster, TimeProvider time, CancellationToken stop)
    {
        var identity = cluster.Tls is { } files ? TlsIdentity.Load(files, TlsIdentity.Client, time) : null;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            if (cluster.Redis is { } redis)
            {
                client.UseRedis(new(redis));
            }
            else
            {
                client.UseStaticClustering(Endpoints.Parse(cluster.Gateway!, "--cluster"));
            }

            if (identity is not null)
            {
                client.UseTls(identity);
            }

            client.AddOutgoingGrainCallFilter<StateDamagedFilter>();
            client.Configure<ClusterOptions>(options => options.Name(cluster.ClusterId));
        });
        var host = builder.Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            if (host.Services.GetService<RedisConnection>() is { } redis)
            {
                await redis.OpenAsync().WaitAsync(patience.Token);
            }

            await host.StartAsync(patience.Token).WaitAsync(patience.Token);
            return new(host);
        }
        catch (Exception fault) when (fault is not UserErrorException && !stop.IsCancellationRequested)
        {
            var refused = host.Services.GetService<PeerGate>()?.Refusal is { } refusal ? $"; refused here: {refusal}" : string.Empty;
            var security = cluster.Tls is null
                ? "Silos that use TLS answer only clients that do: --tls-ca, --tls-certificate, --tls-key."
                : $"It must use TLS as this client does, and take certificates of {cluster.Tls.Authority}{refused}.";
            host.Dispose();
            throw new UserErrorException(
                $"No silo of cluster '{cluster.ClusterId}' answers within {Patience.TotalSeconds:0} s. Start one (./neurotrails silo "
                    + "--name a), and give its gateway by --cluster or its Redis server by --redis, and its name by --cluster-id. "
                    + $"{security}",
                fault
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
