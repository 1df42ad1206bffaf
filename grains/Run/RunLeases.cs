using Microsoft.Extensions.Options;
using NeuroTrails.Checkpoints;
using NeuroTrails.Running;
using Orleans.Configuration;

namespace NeuroTrails.Grains;

/// <summary>Takes the right to write runs for a silo's coordinators.</summary>
internal sealed class RunLeases(SiloRequest silo, IOptions<ClusterOptions> cluster, RunsRoot root, TimeProvider time)
{
    // Who asks: in a cluster coordinators take turns, in a process of its own there is one.
    public RunClaim Claim(string key) => silo.InProcess ? RunClaim.OfProcess(time) : RunClaim.OfCluster(cluster.Value.ClusterId, key, time);

    // Takes the right for a coordinator that takes a run up.
    internal RunLock Take(RunFolder folder, string key)
    {
        root.CheckWriting(folder.Path);
        return RunLock.Acquire(folder, Claim(key), time);
    }

    internal void Check(RunFolder folder) => root.CheckWriting(folder.Path);
}
