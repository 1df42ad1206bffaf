using Microsoft.Extensions.Hosting;
using NeuroTrails.Contracts.Wire;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Opens and closes the tensors' own connections with the silo, and gives those up that
/// lead to silos which the cluster has declared dead.</summary>
/// <param name="server">Serves this silo's tensors.</param>
/// <param name="fetcher">Fetches those of others.</param>
/// <param name="oracle">Knows who lives.</param>
internal sealed class LaneKeeper(TensorServer server, TensorFetcher fetcher, ISiloStatusOracle oracle) : IHostedService, ISiloStatusListener
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        oracle.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        oracle.UnSubscribeFromSiloStatusEvents(this);
        server.Dispose();
        fetcher.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        // A paused silo's connections stay open: without this, a head would wait for its bytes while the cluster has long gone on.
        if (status == SiloStatus.Dead)
        {
            fetcher.Abandon(updatedSilo.ToParsableString());
        }
    }
}
