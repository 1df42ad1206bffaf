using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuroTrails.Contracts;
using NeuroTrails.Contracts.Wire;
using NeuroTrails.Grains;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Says every second that this silo is there and what it has; at the end, that it is leaving, and waits until its owners have moved.</summary>
/// <param name="silo">Name and devices.</param>
/// <param name="owners">Address, and the owners that live here.</param>
/// <param name="memory">Memory of the devices.</param>
/// <param name="tensors">Counts what others fetch from here.</param>
/// <param name="grains">Reaches the cluster grain.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
internal sealed class MemberPulse(SiloRequest silo, OwnerServices owners, DeviceMemory memory, TensorServer tensors, IGrainFactory grains, TimeProvider time, ILogger<MemberPulse> logger) : BackgroundService
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
        while (!owners.Living.IsEmpty && time.GetUtcNow() < until && !cancellationToken.IsCancellationRequested)
        {
            // Who leads the runs takes their owners elsewhere, or writes them down and waits.
            await Pulse(draining: true);
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

    private async Task Pulse(bool draining)
    {
        try
        {
            var free = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet) >> 20;
            string[] living = [.. owners.Living.Keys.Order(StringComparer.Ordinal)];
            await Cluster().Pulse(new(silo.Name, owners.Silo, [.. silo.Devices], Environment.ProcessorCount, free, living, draining, memory.FreeMib(silo.Devices, living), tensors.SentBytes, Environment.WorkingSet >> 20));
            _heard = time.GetUtcNow();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            ClusterLog.PulseFailed(logger, fault);
        }
    }

    private IClusterGrain Cluster() => grains.GetGrain<IClusterGrain>(GrainKeys.Cluster);
}
