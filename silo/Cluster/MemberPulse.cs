using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Grains;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Says every second that this silo is there and what it has; at the end, that it is leaving, and waits until its owners have moved.</summary>
/// <param name="silo">Name and devices.</param>
/// <param name="owners">Address, and the owners that live here.</param>
/// <param name="grains">Reaches the cluster grain.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
internal sealed class MemberPulse(SiloRequest silo, OwnerServices owners, IGrainFactory grains, TimeProvider time, ILogger<MemberPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private DateTimeOffset _heard = DateTimeOffset.MinValue;

    /// <summary>Whether the cluster has answered lately.</summary>
    public bool IsReady => time.GetUtcNow() - _heard < 5 * Interval;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var until = time.GetUtcNow() + Patience;
        while (!owners.Living.IsEmpty && time.GetUtcNow() < until && !cancellationToken.IsCancellationRequested && await Pulse(draining: true) && await OthersStay())
        {
            await Task.Delay(Interval / 4, time, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Pulse(draining: false);
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> Pulse(bool draining)
    {
        try
        {
            var free = GC.GetGCMemoryInfo() is var memory ? (memory.TotalAvailableMemoryBytes - Environment.WorkingSet) >> 20 : 0;
            await Cluster().Pulse(new(silo.Name, owners.Silo, [.. silo.Devices], Environment.ProcessorCount, free, [.. owners.Living.Keys.Order(StringComparer.Ordinal)], draining));
            _heard = time.GetUtcNow();
            return true;
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException or ObjectDisposedException)
        {
            ClusterLog.PulseFailed(logger, fault);
            return false;
        }
    }

    private async Task<bool> OthersStay()
    {
        try
        {
            return (await Cluster().Overview()).Members.Any(member => member.Silo != owners.Silo && !member.Draining);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return false;
        }
    }

    private IClusterGrain Cluster() => grains.GetGrain<IClusterGrain>(GrainKeys.Cluster);
}
