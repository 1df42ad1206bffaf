using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Grains.Wire;
using NeuroTrails.Running;
using NeuroTrails.Silo.Cluster.Redis;

namespace NeuroTrails.Silo.Cluster;

/// <summary>
/// Tells the cluster grain whenever silos have come or gone, and at the end that this one is leaving; then waits until its owners have
/// moved. Every silo that lives tells: whoever could have told alone may be the one that died.
/// </summary>
internal sealed class MemberWatch(
    SiloRequest silo,
    OwnerServices owners,
    DeviceMemory memory,
    IClusterMembershipService membership,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<MemberWatch> logger,
    TensorServer? tensors = null,
    RedisWatch? redis = null
) : BackgroundService, ISiloSelf
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private volatile bool _draining;

    public bool IsReady =>
        !_draining
        && membership.CurrentSnapshot.Members.TryGetValue(SiloAddress.FromParsableString(owners.Silo), out var self)
        && self.Status == SiloStatus.Active;

    public SiloMember Describe()
    {
        var free = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet) >> 20;
        string[] living = [.. owners.Living.Keys.Order(StringComparer.Ordinal)];
        return new(
            silo.Name,
            owners.Silo,
            [.. silo.Devices],
            Environment.ProcessorCount,
            free,
            living,
            _draining,
            memory.FreeMib(silo.Devices, living),
            tensors?.SentBytes ?? 0,
            Environment.WorkingSet >> 20,
            redis?.Silence.TotalSeconds
        );
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _draining = true;
        await base.StopAsync(cancellationToken);
        var until = time.GetUtcNow() + Patience;
        while (!silo.InProcess && !owners.Living.IsEmpty && time.GetUtcNow() < until && !cancellationToken.IsCancellationRequested)
        {
            // Who leads the runs takes their owners elsewhere, or writes them down and waits.
            await Tell();
            await Task.Delay(Pause / 4, time, CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (silo.InProcess)
        {
            // Nobody comes or goes.
            return;
        }

        await foreach (var _ in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            while (!await Tell() && !stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> Tell()
    {
        try
        {
            await grains.GetGrain<IClusterGrain>(GrainKeys.Cluster).Changed();
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            ClusterLog.Unheard(logger, fault);
            return false;
        }
    }
}
