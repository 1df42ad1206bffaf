using Microsoft.Extensions.Options;
using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;
using NeuroTrails.Running;
using Orleans.Configuration;

namespace NeuroTrails.Grains;

/// <summary>Takes the right to write runs for a silo's coordinators.</summary>
/// <param name="silo">The silo.</param>
/// <param name="cluster">Which cluster.</param>
/// <param name="root">Where runs may be written.</param>
/// <param name="time">Clock.</param>
public sealed class RunLeases(SiloRequest silo, IOptions<ClusterOptions> cluster, RunsRoot root, TimeProvider time)
{
    /// <summary>Who asks: in a cluster coordinators take turns, in a process of its own there is one.</summary>
    /// <param name="key">What all coordinators of the run know.</param>
    public RunClaim Claim(string key) => silo.InProcess ? RunClaim.OfProcess(time) : RunClaim.OfCluster(cluster.Value.ClusterId, key, time);

    /// <summary>Takes the right for a coordinator that takes a run up.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="key">What all coordinators of the run know.</param>
    /// <exception cref="UserErrorException">Another writes the run.</exception>
    /// <exception cref="PathRefusedException">It lies where this silo's runs do not.</exception>
    internal RunLock Take(RunFolder folder, string key)
    {
        root.CheckWriting(folder.Path);
        return RunLock.Acquire(folder, Claim(key), time);
    }

    /// <summary>Refuses to write a run that lies elsewhere than this silo's.</summary>
    /// <param name="folder">The run.</param>
    /// <exception cref="PathRefusedException">It does.</exception>
    internal void Check(RunFolder folder) => root.CheckWriting(folder.Path);
}
