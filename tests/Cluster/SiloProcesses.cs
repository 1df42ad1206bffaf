using NeuroTrails.Running;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A cluster of silos that are processes of their own and meet in Redis.</summary>
internal sealed class SiloProcesses(string clusterId, RedisServer redis, string runs) : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private readonly Dictionary<string, SiloProcess> _silos = new(StringComparer.Ordinal);

    public ClusterAddress Address { get; } = new(null, clusterId, Redis: redis);

    public IEnumerable<SiloProcess> All => _silos.Values;

    /// <summary>Starts a silo, in place of an earlier one of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="through">The server as this silo reaches it.</param>
    public SiloProcess Start(string name, RedisServer? through = null)
    {
        var silo = new SiloProcess(name, clusterId, through ?? redis, runs);
        _silos.Remove(name, out var earlier);
        earlier?.Dispose();
        return _silos[name] = silo;
    }

    /// <summary>No longer counts a silo that has ended.</summary>
    public void Forget(SiloProcess silo)
    {
        _silos.Remove(silo.Name);
        silo.Dispose();
    }

    /// <summary>Waits until the cluster has these members.</summary>
    public async Task Members(string expected)
    {
        while (true)
        {
            Assert.All(All, silo => Assert.False(silo.HasExited, $"{silo.Name} ended: {silo.Said}"));
            try
            {
                var overview = await TestCluster.Engine.OverviewAsync(Address, Stop);
                if (string.Join(' ', overview.Members.Select(member => member.Name)) == expected)
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is UserErrorException or TimeoutException or OrleansException)
            {
                // Nobody is there yet, or whoever was asked is going.
            }

            await Task.Delay(200, Stop);
        }
    }

    /// <summary>Waits until one of them has committed so many checkpoints, and says which: that is where the coordinator lives.</summary>
    public static async Task<SiloProcess> FirstToCommit(IEnumerable<SiloProcess> silos, int commits)
    {
        while (true)
        {
            foreach (var silo in silos)
            {
                Assert.False(silo.HasExited, $"{silo.Name} ended: {silo.Said}");
                if (silo.Commits >= commits)
                {
                    return silo;
                }
            }

            await Task.Delay(50, Stop);
        }
    }

    public void Dispose()
    {
        foreach (var silo in All)
        {
            silo.Dispose();
        }
    }
}
