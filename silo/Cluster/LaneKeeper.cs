using Microsoft.Extensions.Hosting;
using NeuroTrails.Grains.Wire;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Opens and closes the tensors' own connections with the silo, and gives those up that
/// lead to silos which the cluster has declared dead.</summary>
internal sealed class LaneKeeper(TensorServer server, TensorFetcher fetcher, ISiloStatusOracle oracle) : IHostedService, ISiloStatusListener
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        oracle.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        oracle.UnSubscribeFromSiloStatusEvents(this);
        server.Dispose();
        fetcher.Dispose();
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        // A paused silo's connections stay open: without this, a head would wait for its bytes while the cluster has long gone on.
        if (status == SiloStatus.Dead)
        {
            fetcher.Abandon(updatedSilo.ToParsableString());
        }
    }
}
