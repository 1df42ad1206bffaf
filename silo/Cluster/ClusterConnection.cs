using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Postgres;
using Orleans.Configuration;

namespace NeuroTrails.Silo.Cluster;

/// <summary>A client's connection to a cluster.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly IHost _host;

    private ClusterConnection(IHost host) => _host = host;

    /// <summary>Calls grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The cluster grain.</summary>
    public IClusterGrain Cluster => Grains.GetGrain<IClusterGrain>(GrainKeys.Cluster);

    /// <summary>A run's coordinator.</summary>
    public ICoordinatorGrain Coordinator(string runId) => Grains.GetGrain<ICoordinatorGrain>(runId);

    /// <summary>Connects.</summary>
    /// <exception cref="UserErrorException">Nobody answers.</exception>
    public static async Task<ClusterConnection> OpenAsync(ClusterAddress cluster, CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            if (cluster.Text.Contains('=', StringComparison.Ordinal))
            {
                client.UsePostgres(cluster.Text);
            }
            else
            {
                client.UseStaticClustering(Endpoints.Parse(cluster.Text, "--cluster"));
            }

            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, ClusterSilo.ServiceId));
        });
        var host = builder.Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await host.StartAsync(patience.Token).WaitAsync(patience.Token);
            return new(host);
        }
        catch (Exception fault) when (fault is not UserErrorException && !stop.IsCancellationRequested)
        {
            host.Dispose();
            throw new UserErrorException(
                $"No silo of cluster '{cluster.ClusterId}' answers within {Patience.TotalSeconds:0} s. Start one with: ./neurotrails silo, and give its gateway or its database by --cluster, and its name by --cluster-id.", fault);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
