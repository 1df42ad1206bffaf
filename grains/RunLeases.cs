using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using NeuroTrails.Checkpoints;
using Orleans.Configuration;

namespace NeuroTrails.Grains;

/// <summary>The right to write runs, as a silo's coordinators have it: what a host holds for them, or else, in a cluster, what they take for themselves.</summary>
/// <param name="cluster">Which cluster.</param>
/// <param name="time">Clock.</param>
public sealed class RunLeases(IOptions<ClusterOptions> cluster, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RunLock> _given = new(StringComparer.Ordinal);

    /// <summary>A host holds the right to write a run itself, and gives it back itself.</summary>
    /// <param name="held">The right.</param>
    public void Lend(RunLock held)
    {
        ArgumentNullException.ThrowIfNull(held);
        _given[held.Folder.Path] = held;
    }

    /// <summary>The right that was lent; null where none was.</summary>
    /// <param name="folder">The run.</param>
    internal RunLock? Lent(RunFolder folder) => _given.GetValueOrDefault(folder.Path);

    /// <summary>Takes the right for the coordinator of a cluster's run.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="key">What all coordinators of the run know.</param>
    /// <exception cref="UserErrorException">Another writes the run.</exception>
    internal RunLock Take(RunFolder folder, string key) => RunLock.Acquire(folder, RunClaim.OfCluster(cluster.Value.ClusterId, key, time), time);
}
